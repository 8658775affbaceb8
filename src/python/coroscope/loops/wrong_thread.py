"""Calls of a loop's methods from a thread that is not the loop's own: ``call_soon``, ``set_result`` and the like are not made for that."""

from ..record.recorder import CROSSED
from ..watch.jobs import this_thread

#: A loop that is used wrongly all the time is told as often as anybody would read.
MOST = 1000


class WrongThread:
    def __init__(self, recorder):
        self._recorder = recorder
        self._left = MOST

    def note(self, record, frame):
        """``frame``: that which called ``call_soon``."""
        recorder = self._recorder
        if self._left <= 0 or not recorder.on:
            return
        try:
            site = recorder.places.running_site(frame)
            # Where no code of the program's leads to the call, a library knows what it does.
            if not site:
                return
            self._left -= 1
            thread = this_thread()
            recorder.note(record, CROSSED, recorder.clock.now(), site, 0, thread.name if thread is not None else '')
        except Exception as error:
            recorder.broken(error)
