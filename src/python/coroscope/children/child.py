"""Records this process, from now to its end: one that a followed program started or forked, or one that was started with ``COROSCOPE=PATH``."""

import atexit
import os
import sys
import time

from ..clock.limits import Limits, Stopped
from ..kept.keeping import Keeping
from ..kept.options import Options, from_variable
from ..session import Session

#: The recording of this process. A fork begins another one.
_current = None


def record(folder, argv):
    """Begins, into a file of its own in ``folder``; ``argv``: what the process was started with, its program first."""
    begin(lambda: os.path.join(folder, f'{time.time_ns()}-{os.getpid()}.coroscope'), argv)


def record_as_asked(asked, argv):
    """Begins as the environment variable ``COROSCOPE`` says: a path, and behind it what is kept (``,keep=30s``). Of a folder, each process has
    a file of its own; of a file, the first process has it, and each that it starts or forks has one beside it."""
    try:
        path, keeps = from_variable(asked)
    except (TypeError, ValueError) as error:
        sys.stderr.write(f'coroscope: COROSCOPE={asked}: {error}. This process is not recorded.\n')
        return
    path = os.path.abspath(path) + (os.sep if path.endswith(('/', os.sep)) else '')

    def own():
        if path.endswith(os.sep) or os.path.isdir(path):
            os.makedirs(path, exist_ok=True)
            return os.path.join(path, f'{time.strftime("%Y%m%d-%H%M%S")}-{os.getpid()}.coroscope')
        first = os.environ.setdefault('COROSCOPE_FIRST', str(os.getpid()))
        if first == str(os.getpid()):
            return path
        name, extension = os.path.splitext(path)
        return f'{name}-{os.getpid()}{extension}'

    begin(own, argv, spare_empty=True, says=True, keeps=keeps)


def begin(where, argv, spare_empty=False, says=False, keeps=Options()):
    """``where()`` gives the path of the trace. Does nothing where the trace cannot be written: the program runs all the same, and ``says``
    tells it on stderr. ``spare_empty``: a process that ran no event loop leaves no trace."""
    global _current
    try:
        path = where()
        keeping = Keeping(path, keeps)
    except ValueError as error:
        sys.stderr.write(f'coroscope: {error} This process is not recorded.\n')
        return
    except OSError as error:
        if says:
            sys.stderr.write(f'coroscope: {error.filename or path} cannot be written: {error.strerror or error}. This process is not recorded.\n')
        return
    session = Session(keeping.write, 'real', 'interpreter', argv[0] if argv else sys.executable, list(argv[1:]), Limits(), halt, pid=os.getpid(),
                      show_arguments='COROSCOPE_NO_ARGUMENTS' not in os.environ)
    # It may be killed at any time: what was recorded is written whenever its loops wait.
    session.recorder.writes_when_idle = True
    session.recorder.library_calls = 'COROSCOPE_NO_LIBRARY_CALLS' not in os.environ

    def forked():
        keeping.forked()
        begin(where, sys.argv, spare_empty, says, keeps)

    session.also_in_child = forked
    session.start()
    try:
        keeping.begin(session)
    except ValueError:
        # Forked from another thread than the main one: no signals there.
        pass
    if _current is None:
        # What is registered first is called last.
        atexit.register(end)
    _current = session, keeping, path if spare_empty else None


def end():
    global _current
    (session, keeping, empty), _current = _current or (None, None, None), None
    if session is not None and session.recorder.on:
        if session.recorder.loops:
            empty = None
        keeping.stop()
        # How the process ends is not known yet.
        session.end(None)
        session.close(goes_on=True)
        keeping.end()
        if empty is not None:
            os.unlink(empty)


def halt():
    """There are no limits at which it would be stopped."""
    raise Stopped
