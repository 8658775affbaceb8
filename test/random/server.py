"""Runs many programs in one warm interpreter: each in a forked child, so that none meets what another left behind.

``python server.py TRACER`` reads one JSON order a line on stdin (``mode``: ``trace`` or ``reference``; ``file``, ``out``, ``stdout``,
``stderr``, ``args``) and answers each with its exit code on a line.
"""

import asyncio
import asyncio.base_events
import gc
import json
import os
import select
import signal
import sys
import time

PATIENCE = 60


def serve(tracer):
    sys.path.insert(0, os.path.dirname(tracer))
    import coroscope.cli
    import coroscope.clock.clocks
    if 'measured' not in sys.argv:
        measure_nothing(coroscope.clock.clocks.VirtualClock)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import reference
    import threading
    import concurrent.futures.thread
    import linecache, traceback
    gc.collect()
    gc.freeze()
    while True:
        line = sys.stdin.readline()
        if not line:
            return
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            obey(order, coroscope.cli, reference)
        print(waited(child), flush=True)


def measure_nothing(clock):
    """None of the random programs burns CPU time; on a busy machine a step may look as if it did."""
    begin = clock.__init__

    def __init__(self, *args):
        begin(self, *args)
        self._threshold = self._limit = float('inf')

    clock.__init__ = __init__


def obey(order, cli, reference):
    # When the collector runs next depends on what the server did before.
    gc.collect()
    for number, path in ((0, os.devnull), (1, order['stdout']), (2, order['stderr'])):
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.dup2(fd, number)
        os.close(fd)
    # Whatever else is open belongs to the server.
    os.closerange(3, 64)
    try:
        if order['mode'] == 'reference':
            reference.run(order['file'], order['out'])
        cli.main(['run', *order['args'], '--trace', order['out'], order['file']])
    except SystemExit as error:
        sys.stdout.flush()
        os._exit(error.code or 0)
    except BaseException:
        import traceback
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(98)
    os._exit(99)


def waited(child):
    until = time.monotonic() + PATIENCE
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            until = float('inf')
        time.sleep(0.002)


if __name__ == '__main__':
    serve(sys.argv[1])
