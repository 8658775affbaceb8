"""What each turn cost on the virtual clock."""

from asyncio import _get_running_loop

#: Number of turns whose counts are kept until their samples are recorded.
MOST_COUNTS = 4096


class TurnCounts:
    """What the virtual clock counted for each turn, in seconds."""

    def __init__(self):
        self._counts = {}

    def add(self, seconds):
        """The step or callback that runs in this thread's loop cost so much more."""
        record = getattr(_get_running_loop(), '_coroscope', None)
        if record is None:
            return
        counts = self._counts
        key = record.id, record.turns
        counts[key] = counts.get(key, 0.0) + seconds
        if len(counts) > MOST_COUNTS:
            del counts[next(iter(counts))]

    def of(self, record, turn):
        return self._counts.get((record.id, turn), 0.0)
