"""In the process that is recorded: joins its loops, and leaves when whoever attached says so or is gone."""

import asyncio
import atexit
import json
import os
import signal
import sys
from _thread import allocate_lock, start_new_thread
# Bound once: tests of programs may replace such functions.
from time import monotonic, sleep

from ..clock.limits import Limits, Stopped
from ..loops.running import running_loops
from ..records.trace_file import opened
from ..session import Session
from .forgetting import forget

#: Seconds in which a loop should come to run what ends the record; after that it is ended beside what it does.
PATIENCE = 1.0


class Attached:
    def __init__(self, line, orders):
        self._line = line
        self._ours = orders['ours']
        self._ended = False
        self._ending = allocate_lock()
        self._write, self._abandon = opened(orders['trace'])
        script = sys.argv[0] if sys.argv and sys.argv[0] else sys.executable
        if os.path.isfile(script):
            script = os.path.abspath(script)
        self.session = Session(self._write, 'real', 'interpreter', script, sys.argv[1:], Limits(), halt, show_arguments=orders['arguments'])
        self.session.recorder.library_calls = orders['calls']
        self.session.also_in_child = self._forked
        # The process may be killed at any time.
        self.session.recorder.writes_when_idle = True

    def begin(self):
        loops = self.session.start_within()
        atexit.register(self.end)
        start_new_thread(self._wait, ({'loops': loops, 'version': '%d.%d.%d' % sys.version_info[:3], 'program': self.session.program},))

    def _tell(self, what):
        try:
            self._line.sendall((json.dumps(what) + '\n').encode())
        except OSError:
            pass

    def _wait(self, what):
        """In a thread of its own, which is there for as long as the record grows."""
        if hasattr(signal, 'pthread_sigmask'):
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        until = monotonic() + PATIENCE
        # A loop is known once it has had a turn, which may take a while.
        while self.session.instrument.running.left and monotonic() < until:
            sleep(0.005)
        self.session.recorder.flush_while_running()
        self._tell({'attached': what})
        try:
            self._line.recv(100)
        except OSError:
            pass
        if self._ended:
            return
        done = allocate_lock()
        done.acquire()

        def end():
            self.end()
            done.release()

        for loop in running_loops().values():
            try:
                loop.call_soon_threadsafe(end)
            except RuntimeError:
                continue
            if done.acquire(timeout=PATIENCE):
                break
        self.end()
        self._tell({'detached': True})
        self._line.close()

    def end(self):
        """Once, in the thread of a loop if it can be."""
        with self._ending:
            if self._ended:
                return
            self._ended = True
            session = self.session
            session.end(None)
            session.close(goes_on=True)
            forget()
            self._abandon()
            atexit.unregister(self.end)
            if self._ours:
                # Whoever imports the package later gets the program's own.
                for name in [name for name in sys.modules if name == 'coroscope' or name.startswith('coroscope.')]:
                    del sys.modules[name]

    def _forked(self):
        """The child is not recorded, and keeps nobody waiting."""
        self._ended = True
        atexit.unregister(self.end)
        self._abandon()
        self._line.close()


def begin(line, orders):
    """``line``: a connected socket. Called from the script that the process was asked to run."""
    def refuse(why, **more):
        line.sendall((json.dumps({'refused': why, **more}) + '\n').encode())
        line.close()
    if hasattr(asyncio.BaseEventLoop, '_coroscope'):
        return refuse('recorded')
    if not running_loops():
        return refuse('no loop')
    try:
        attached = Attached(line, orders)
    except OSError as error:
        return refuse('trace', reason=error.strerror or str(error))
    attached.begin()
    return None


def halt():
    """There are no limits at which it would be stopped."""
    raise Stopped
