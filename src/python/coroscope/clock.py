"""The two clocks. ``now`` is what records are stamped with, in seconds."""

import time

_real = time.perf_counter
_real_sleep = time.sleep
# Preemption by other programs is no work of this one; where CPU time cannot be had (WebAssembly), elapsed time must do.
_cpu = getattr(time, 'thread_time', time.perf_counter)


class RealClock:
    kind = 'real'

    def __init__(self):
        self.now = _real

    def install(self):
        pass

    uninstall = install


class VirtualClock:
    """Time that jumps to the next timer when nothing is ready.

    Code that is quick costs no time. A step that burns more CPU than ``threshold`` seconds costs what it took:
    such a step is *measured*, and differs from run to run.
    """

    kind = 'virtual'
    # Wall-clock time starts here on each run, so that a run can be repeated to the byte.
    EPOCH = 1_750_000_000.0

    def __init__(self, threshold=0.010):
        self._time = 0.0
        self._threshold = threshold
        self._mark = _cpu()
        self.measured = False
        self._originals = {}

    def begin(self):
        """A step begins: CPU time is counted from here."""
        self._mark = _cpu()
        self.measured = False
        return self._time

    def now(self):
        cpu = _cpu()
        burned = cpu - self._mark
        if burned > self._threshold:
            self._mark = cpu
            self._time += burned
            self.measured = True
        return self._time

    def pause(self):
        """What the tracer itself does from here to the next ``begin`` costs nothing."""
        self._mark = float('inf')

    def advance(self, seconds):
        self._time += seconds

    def jump(self, to):
        if to > self._time:
            self._time = to

    def install(self):
        def monotonic():
            return self.now()

        def wall():
            return self.EPOCH + self.now()

        def sleep(seconds):
            if seconds < 0:
                raise ValueError('sleep length must be non-negative')
            self.now()
            self._time += seconds

        replacements = {
            'monotonic': monotonic, 'perf_counter': monotonic, 'time': wall, 'sleep': sleep,
            'monotonic_ns': lambda: round(self.now() * 1e9), 'perf_counter_ns': lambda: round(self.now() * 1e9),
            'time_ns': lambda: round(wall() * 1e9),
        }
        for name, replacement in replacements.items():
            self._originals[name] = getattr(time, name)
            setattr(time, name, replacement)

    def uninstall(self):
        for name, original in self._originals.items():
            setattr(time, name, original)
        self._originals.clear()
