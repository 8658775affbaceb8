"""The two clocks. ``now`` is what records are stamped with, in seconds."""

import sys
import threading
import time
from _thread import get_ident
from asyncio import _get_running_loop as get_running_loop

_real = time.perf_counter
_real_sleep = time.sleep
# Preemption by other programs is no work of this one; where CPU time cannot be had (WebAssembly), elapsed time must do.
_cpu = getattr(time, 'thread_time', time.perf_counter)
_HAS_CPU = hasattr(time, 'thread_time')


_SPARING = """
def _find_and_load(*args, **kwargs):
    began = cpu()
    try:
        return original(*args, **kwargs)
    finally:
        clock.spare(cpu() - began)
"""


class RealClock:
    kind = 'real'

    def __init__(self):
        self.now = _real

    def loop_to_clock(self):
        """What to add to a reading of the loop's clock. On most platforms the two are one clock."""
        offset = _real() - time.monotonic()
        return offset if abs(offset) > 0.001 else 0.0

    def install(self):
        pass

    uninstall = install


class Sleeper:
    """A thread that sleeps until a moment of the virtual clock."""

    __slots__ = ('until', 'thread', 'wake')

    def __init__(self, until):
        self.until = until
        self.thread = get_ident()
        self.wake = threading.Event()


class VirtualClock:
    """Time that jumps to the next timer when nothing is ready.

    Code that is quick costs no time. A step that burns more CPU than ``threshold`` seconds costs what it took:
    such a step is *measured*, and differs from run to run.

    ``cpu_time`` gives CPU seconds of this thread, where Python itself cannot (WebAssembly): it is asked only when a step was long
    by the clock on the wall, so that a machine that is busy with something else does not look like a step that burns.
    """

    kind = 'virtual'
    # Wall-clock time starts here on each run, so that a run can be repeated to the byte.
    EPOCH = 1_750_000_000.0

    def __init__(self, cpu_time=None):
        self._time = 0.0
        self._cpu_time = cpu_time
        self._threshold = 0.010 if _HAS_CPU else 0.050 if cpu_time else 0.100
        # Until the first loop starts nothing is measured: how long the program takes to load is no part of the record.
        self._mark = float('inf')
        #: The thread that is measured: CPU time is counted by thread.
        self._thread = None
        #: Whether a loop has this clock; loops that wait for what is outside; threads that sleep beside them.
        self.paced = False
        self._anchor = -1.0, 0.0
        self._latest = 0.0
        self.waiting = []
        self.sleepers = []
        # CPU time at a moment shortly before the step.
        self._cpu_mark = self._cpu_at = 0.0
        self.measured = False
        #: Told of each ``time.sleep`` of a loop's thread: when it began and ended, and the frame that called it.
        self.slept = lambda began, until, frame: None
        self._originals = {}

    def begin(self):
        """A step begins: CPU time is counted from here."""
        self._thread = get_ident()
        self._mark = mark = _cpu()
        if self._cpu_time is not None and mark - self._cpu_at > 0.005:
            self._cpu_mark = self._cpu_time()
            self._cpu_at = mark
        self.measured = False
        return self._time

    def now(self):
        if get_ident() != self._thread:
            return self._time
        cpu = _cpu()
        burned = cpu - self._mark
        if burned > self._threshold:
            self._mark = cpu
            if self._cpu_time is not None:
                burned = self._really_burned(cpu)
            if burned > self._threshold:
                self._time += burned
                self.measured = True
        return self._time

    def _beside(self):
        """What the time is for a thread beside the loop: it goes on. A library there may look at the clock until time has passed."""
        real = _real()
        at, since = self._anchor
        if at != self._time:
            self._anchor = at, since = self._time, real
        self._latest = max(self._latest, at + real - since)
        return self._latest

    def _doze(self, seconds):
        """A thread beside the loop sleeps: its loop lets the clock jump when all that is at work sleeps."""
        sleeper = Sleeper(self._time + seconds)
        self.sleepers.append(sleeper)
        for loop in list(self.waiting):
            try:
                loop._write_to_self()
            except Exception:
                pass
        # A loop that is kept from its work, by whoever waits for this very thread, moves no clock.
        sleeper.wake.wait(seconds)
        self.awake(sleeper)
        self.jump(sleeper.until)

    def awake(self, sleeper):
        try:
            self.sleepers.remove(sleeper)
        except ValueError:
            pass

    def _really_burned(self, at):
        before = self._cpu_mark
        self._cpu_mark = self._cpu_time()
        self._cpu_at = at
        return self._cpu_mark - before

    def loop_to_clock(self):
        return 0.0

    def advance(self, seconds):
        self._time += seconds

    def jump(self, to):
        if to > self._time:
            self._time = to

    def install(self):
        def monotonic():
            return self._beside() if self.paced and get_ident() != self._thread else self.now()

        def wall():
            return self.EPOCH + monotonic()

        def sleep(seconds):
            if seconds < 0:
                raise ValueError('sleep length must be non-negative')
            if self.paced and get_running_loop() is None and get_ident() != self._thread:
                self._doze(seconds)
                return
            began = self.now()
            self._time += seconds
            if seconds > 0:
                self.slept(began, self._time, sys._getframe(1))

        replacements = {
            'monotonic': monotonic, 'perf_counter': monotonic, 'time': wall, 'sleep': sleep,
            'monotonic_ns': lambda: round(monotonic() * 1e9), 'perf_counter_ns': lambda: round(monotonic() * 1e9),
            'time_ns': lambda: round(wall() * 1e9),
        }
        for name, replacement in replacements.items():
            # They are seen as names of jobs.
            replacement.__name__ = replacement.__qualname__ = name
            replacement.__module__ = 'time'
        self._spare_imports()
        for name, replacement in replacements.items():
            self._originals[name] = getattr(time, name)
            setattr(time, name, replacement)

    def _spare_imports(self):
        """The first import of a module costs no virtual time: it happens once a process, not once a run."""
        machinery = sys.modules['_frozen_importlib']
        original = machinery._find_and_load
        # Compiled under this name the frame is left out of tracebacks, as importlib's own are.
        names = {'original': original, 'cpu': _cpu, 'clock': self}
        exec(compile(_SPARING, '<frozen importlib._bootstrap>', 'exec'), names)
        machinery._find_and_load = names['_find_and_load']
        self._machinery = machinery, original

    def spare(self, seconds):
        if get_ident() == self._thread:
            self._mark += seconds

    def uninstall(self):
        machinery, original = self._machinery
        machinery._find_and_load = original
        for name, original in self._originals.items():
            setattr(time, name, original)
        self._originals.clear()

    @property
    def installed(self):
        return bool(self._originals)
