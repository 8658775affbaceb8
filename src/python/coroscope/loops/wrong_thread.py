"""Calls of a loop's methods from another thread: ``call_soon``, ``set_result`` and others are not thread-safe."""

from ..records.kinds import CROSSED
from ..watch.jobs import this_thread

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
            # Without program code in the stack, assume that the library knows what it does.
            if not site:
                return
            self._left -= 1
            thread = this_thread()
            recorder.note(record, CROSSED, recorder.clock.now(), site, 0, thread.name if thread is not None else '')
        except Exception as error:
            recorder.broken(error)
