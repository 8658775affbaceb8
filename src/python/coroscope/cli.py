"""The tracer's own command line, for the hosts that start it. People use ``coroscope run``."""

import argparse
import json
import os
import platform
import signal
import sys
import threading

from . import __version__
from .pace import Limits
from .program import FAILED_TO_START, run
from .session import STOPPED, Session


def main(argv):
    parser = argparse.ArgumentParser(prog='coroscope', description='Runs a Python program and records how its tasks ran.')
    commands = parser.add_subparsers(dest='command', required=True)
    commands.add_parser('version', help='print the versions as JSON')
    runs = commands.add_parser('run', help='run a program')
    runs.add_argument('--clock', choices=('virtual', 'real'), default='real')
    runs.add_argument('--trace', metavar='PATH', help='write the trace to a file')
    runs.add_argument('--trace-fd', metavar='N', type=int, help='write the trace to an open file descriptor')
    runs.add_argument('--source', metavar='PATH', help="read the program's text from here")
    runs.add_argument('--max-steps', metavar='N', type=int, default=0)
    runs.add_argument('--max-virtual-time', metavar='SECONDS', type=float, default=0)
    runs.add_argument('--max-wall-time', metavar='SECONDS', type=float, default=0)
    runs.add_argument('file')
    runs.add_argument('args', nargs=argparse.REMAINDER)
    options = parser.parse_args(argv)
    if options.command == 'version':
        print(json.dumps({'python': platform.python_version(), 'coroscope': __version__}))
        return
    start(options)


def start(options):
    file = os.path.abspath(options.file)
    source = None
    try:
        if options.source:
            with open(options.source, encoding='utf-8') as stream:
                source = stream.read()
        else:
            os.stat(file) if os.path.isdir(file) else open(file, 'rb').close()
        write = opened(options)
    except OSError as error:
        sys.stderr.write(f'Coroscope cannot run {options.file}: {error.strerror or error}\n')
        sys.exit(FAILED_TO_START)
    limits = Limits(options.max_steps, options.max_virtual_time, options.max_wall_time)
    session = Session(write, options.clock, 'interpreter', options.file, options.args, limits, halt)
    sys.argv[:] = [options.file, *options.args]
    sys.path.insert(0, os.path.dirname(file))
    on_termination(session, limits)
    session.start()
    code = run(session, file, source)
    # Other threads may still print and call back: Python would wait for them now.
    threading._shutdown()
    session.end(code)
    session.close()
    leave(code, session.interrupted)


def opened(options):
    """The ``write`` of where the trace goes; nothing when it goes nowhere. The program's own children do not inherit it."""
    if options.trace_fd is not None:
        fd = options.trace_fd
        os.set_inheritable(fd, False)
    elif options.trace:
        fd = os.open(options.trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_BINARY', 0), 0o644)
    else:
        return lambda data: None
    owner = os.getpid()

    def write(data):
        # A forked child carries the recorder on but must not write into its parent's trace.
        if os.getpid() != owner:
            raise OSError('not the traced process')
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view):]

    return write


def on_termination(session, limits):
    """SIGTERM is how the host cancels a run or ends it at its wall-time limit: whatever the program is doing."""
    def terminate(number, frame):
        if limits.wall_is_over():
            session.stop('wall-time', f'Stopped after {limits.wall_time:g} s of running.', frame)
        session.stop('cancelled', 'Cancelled.', frame)

    try:
        signal.signal(signal.SIGTERM, terminate)
    except (ValueError, OSError, AttributeError):
        pass


def halt():
    leave(STOPPED)


def leave(code, interrupted=False):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    if code == STOPPED:
        # Nothing of the program runs after its end: no atexit handler, no finally.
        os._exit(code)
    if interrupted:
        # Python ends by the signal itself, once everything is cleared away. The error was printed already.
        sys.excepthook = lambda *error: None
        raise KeyboardInterrupt
    sys.exit(code)
