"""Records this process, which a followed program started or forked, from now to its end."""

import atexit
import os
import sys
import time

from ..clock.limits import Limits, Stopped
from ..records.trace_file import opened
from ..session import Session

#: The recording of this process. A fork begins another one.
_current = None


def record(folder, argv):
    """Begins; ``argv``: what the process was started with, its program first. Does nothing where the trace cannot be written: the program runs all the same."""
    global _current
    try:
        write, abandon = opened(os.path.join(folder, f'{time.time_ns()}-{os.getpid()}.coroscope'))
    except OSError:
        return
    session = Session(write, 'real', 'interpreter', argv[0] if argv else sys.executable, list(argv[1:]), Limits(), halt, pid=os.getpid(),
                      show_arguments='COROSCOPE_NO_ARGUMENTS' not in os.environ)
    # It may be killed at any time: what was recorded is written whenever its loops wait.
    session.recorder.writes_when_idle = True

    def forked():
        abandon()
        record(folder, sys.argv)

    session.also_in_child = forked
    session.start()
    if _current is None:
        # What is registered first is called last.
        atexit.register(end)
    _current = session


def end():
    global _current
    session, _current = _current, None
    if session is not None and session.recorder.on:
        # How the process ends is not known yet.
        session.end(None)
        session.close(goes_on=True)


def halt():
    """There are no limits at which it would be stopped."""
    raise Stopped
