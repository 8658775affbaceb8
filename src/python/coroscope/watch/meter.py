"""What a thread did in a stretch of time: computed, slept in a system call, or was kept from running."""

import sys
import threading
import time

_clock_gettime = getattr(time, 'clock_gettime', None)
_clock_of = getattr(time, 'pthread_getcpuclockid', None)
_process_time = time.process_time
_LINUX = sys.platform.startswith('linux')

#: From this share of a stretch on a thread has computed all of it: the clocks of the system are coarse.
COMPUTES = 0.7
#: If other threads compute this share of the time, this one may be waiting for the GIL.
CONTENDED = 0.25
#: A thread that waits for the GIL wakes every 5 ms: it is scheduled more often than this.
WAKES_A_SECOND = 60


class Meter:
    """Reads the clocks of the thread ``ident``, which has to be alive when this is made. What the system does not tell counts as not spent."""

    def __init__(self, ident):
        self.ident = ident
        self._clock = None
        try:
            self._clock = _clock_of(ident)
        except (TypeError, OSError):
            pass
        thread = threading._active.get(ident)
        native = getattr(thread, 'native_id', None)
        self._folder = f'/proc/self/task/{native}/' if _LINUX and native else None
        self._last = None
        self._top = None
        self._marked = None

    def mark(self):
        """Call this when the loop has begun another turn since the last check."""
        self._marked = self.computed()

    def marked(self):
        return self._marked is not None

    def since_last(self, reading, length, top, first, late):
        """(seconds computed, seconds slept in a call) in the ``length`` seconds since the last time. ``top``: where the innermost frame stands.
        ``first``: since it was marked; how long it waited for a processor is not known. ``late``: seconds in which nobody looked though
        somebody should have: the process as a whole may have been stopped."""
        before, was = self._last, self._top
        self._last, self._top = reading, top
        if first or before is None:
            known = self._marked is not None and reading[0] is not None
            return (max(0.0, reading[0] - self._marked) if known else 0.0), 0.0
        cpu, process, queued, turns = [a - b if a is not None and b is not None else None for a, b in zip(reading[:4], before)]
        if cpu is None:
            # Where CPU time of threads is unknown (macOS, Windows), count all CPU time of the process as this thread's.
            cpu, others = process, 0.0
        else:
            others = process - cpu
        if cpu >= COMPUTES * length:
            return length, 0.0
        slept = self._slept(length, cpu, others, queued, turns, top is not None and top == was, reading[4])
        return cpu, max(0.0, min(slept, length - late))

    def _slept(self, length, cpu, others, queued, turns, stands, state):
        rest = length - cpu
        if queued is None:
            # It has not moved and has not computed: it is blocked in its current call.
            return rest if stands and cpu < 0.1 * length and others < CONTENDED * length else 0.0
        if state == 'R':
            # It waits for a CPU; for how long is unknown yet.
            return 0.0
        if others > CONTENDED * length and turns > 1 + WAKES_A_SECOND * length:
            return 0.0
        return max(0.0, rest - queued)

    def read(self):
        """CPU seconds of the thread and of the process, seconds that the thread waited for a processor, how often it got one, and its state."""
        return (self.computed(), _process_time(), *queue(self._folder), self._state())

    def computed(self):
        """CPU seconds of the thread; None where the system does not tell threads apart."""
        try:
            return None if self._clock is None else _clock_gettime(self._clock)
        except OSError:
            self._clock = None
            return None

    def _state(self):
        """``R``: the thread runs, or waits for a CPU."""
        try:
            with open(self._folder + 'stat', 'rb') as file:
                return file.read().rpartition(b')')[2].split()[0].decode()
        except (OSError, TypeError, IndexError):
            return ''


def queue(folder):
    """Seconds that a thread waited for a processor so far, and how often it got one; None where the system does not tell."""
    try:
        with open(folder + 'schedstat', 'rb') as file:
            _, waited, turns = map(int, file.read().split())
        return waited / 1e9, turns
    except (OSError, TypeError, ValueError):
        return None, None
