"""Calls of a loop's methods from another thread: ``call_soon``, ``set_result`` and others are not thread-safe."""

from ..records.kinds import CROSSED
from ..watch.jobs import this_thread

OWN = __name__.split('.')[0]
#: What runs a function in a thread, and asyncio.
PASSING_ON = frozenset(('threading', 'asyncio', 'concurrent'))
#: Calls to record at most.
MOST = 1000


class WrongThread:
    def __init__(self, recorder):
        self._recorder = recorder
        self._left = MOST

    def note(self, record, frame):
        """Records a call. ``frame``: the caller of ``call_soon``."""
        recorder = self._recorder
        if self._left <= 0 or not recorder.on:
            return
        try:
            site = recorder.places.running_site(frame)
            # Without program code in the stack, assume that a library knows what it does. But a thread whose own function is one of
            # asyncio's, as in ``threading.Timer(1, event.set)``, was given it by the program.
            if not site and not is_given(frame):
                return
            self._left -= 1
            thread = this_thread()
            recorder.note(record, CROSSED, recorder.clock.now(), site, 0, thread.name if thread is not None else '')
        except Exception as error:
            recorder.broken(error)


def is_given(frame):
    """Whether a thread runs nothing but a function of asyncio."""
    while frame is not None:
        name = frame.f_globals.get('__name__')
        if type(name) is not str or name.split('.')[0] not in PASSING_ON and name.split('.')[0] != OWN:
            return False
        frame = frame.f_back
    return True
