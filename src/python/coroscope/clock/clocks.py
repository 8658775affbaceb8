"""The two clocks. ``now`` is what records are stamped with, in seconds."""

import sys
import threading
import time
from _thread import get_ident

from . import alarms, blocking_calls, clock_functions, thread_waits, timers

_real = time.perf_counter
# CPU time, so that other processes do not count; without it (WebAssembly), elapsed time.
_cpu = getattr(time, 'thread_time', time.perf_counter)
_HAS_CPU = hasattr(time, 'thread_time')


_SPARING = """
def _find_and_load(*args, **kwargs):
    began, before = cpu(), clock.spared
    try:
        return original(*args, **kwargs)
    finally:
        # Modules import others: what those took is spared already.
        clock.spare(cpu() - began - (clock.spared - before))
"""


class RealClock:
    kind = 'real'

    def __init__(self):
        self.now = _real

    def loop_to_clock(self):
        """Offset to add to a reading of the loop's clock. On most platforms the two clocks are the same."""
        offset = _real() - time.monotonic()
        return offset if abs(offset) > 0.001 else 0.0

    def stopped_in_wait(self, frame):
        pass

    def spared_in(self, work):
        return work()

    def due(self, timer, offset):
        """When a timer is due, on this clock; ``offset``: see ``loop_to_clock``."""
        return timer._when + offset

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


#: What the program's clocks show when the run begins, in seconds: as of a machine that has been on for a day.
UPTIME = 100_000.0
#: Two readings of a clock differ by this much or more: about 2 µs, and no less than what ``time.time()`` can tell apart.
TICK = 2.0 ** -19
#: Readings of the clock in one step that cost no time. A step with more polls the clock, so each further reading takes some time.
FREE_READINGS = 100
READING = 0.000_002 if _HAS_CPU else 0.000_004
#: After this many readings in one step each takes longer, so that a long busy wait does not take as long in reality.
MANY_READINGS, LONG_READING = 50_000, 0.000_010
#: Seconds in one step after which a loop counts as blocked, while a thread sleeps.
STANDS = 0.010
#: One or two longer steps may be what happens for the first time, as a program starts; so many are work in pieces.
A_FEW = 3


class VirtualClock:
    """Time that jumps to the next timer when nothing is ready.

    Fast code costs no time. A step that uses more than ``threshold`` seconds of CPU costs what it took, and so do shorter ones that
    add up to as much before the loop waits: such a step is *measured*, and differs from run to run.

    ``cpu_time`` gives CPU seconds of this thread, where Python itself cannot (WebAssembly): it is asked only when a step was long
    by the wall clock, so that a busy machine does not look like a step that computes.

    ``ties``: ``set``, timers that are due at one instant fire in the order in which they were set; ``reversed``: those of later moments first.

    ``time`` counts from 0, in exact steps. The program's clocks show more (``reading``): they begin later, and move with each reading.
    """

    kind = 'virtual'

    def __init__(self, cpu_time=None, ties='set'):
        self.time = 0.0
        self._reversed = ties == 'reversed'
        self._cpu_time = cpu_time
        self._threshold = self._limit = 0.010 if _HAS_CPU else 0.050 if cpu_time else 0.100
        #: CPU time of steps that is too short to count by itself, since the loop last waited; shorter ones are not counted at all.
        self._owed = 0.0
        self._least = 0.001 if _HAS_CPU else self._threshold / 16
        self._longer = 0
        # Nothing is measured until the first loop starts: loading the program is not part of the record.
        self._mark = float('inf')
        #: The thread that is measured: CPU time is counted by thread.
        self.thread = None
        #: Whether a loop uses this clock. Below: loops that wait for something outside, and other threads that sleep.
        self.drives_loop = False
        self._anchor = -1.0, 0.0
        self._latest = 0.0
        self.waiting = []
        self.sleepers = []
        #: How often a loop that never waits was given time.
        self.given = 0
        #: CPU seconds that do not count for the program: imports, and slow work of the tracer.
        self.spared = 0.0
        # CPU time at a moment shortly before the step.
        self._cpu_mark = self._cpu_at = 0.0
        self.measured = False
        #: Told of each ``time.sleep`` of a loop's thread and of each wait for another thread: when it began and ended, the frame that
        #: called it, and the record of its loop, unless that runs in this thread.
        self.slept = lambda began, until, frame, record=None: None
        #: Called before a call that waits in real time: the process may be killed meanwhile.
        self.before_waiting = lambda: None
        #: Of a call of the loop's thread that waits for something outside: when it began, on this clock and in reality.
        self.standing = None
        #: Gives the (record, turn) in which the loop of the thread ``thread`` is; None where it waits.
        self.step = lambda: None
        #: Told of each time that a step is found to have cost something, with the seconds that it cost since the last time.
        self.counted = lambda seconds: None
        #: The instant that it jumped to last, in nanoseconds.
        self.arrived = 0
        self._shown = UPTIME
        self.readings = 0
        #: See ``alarms.py``; None: the system has none.
        self.alarm = None
        #: When the loop's thread began to wait for another process or a socket (see ``blocking_calls.py``), on the real clock; None: it does not.
        self.outside = None
        #: Other threads that wait for another process.
        self.elsewhere = set()
        self.threshold = self._threshold
        self._undo = []

    def begin(self):
        """A step begins: CPU time is counted from here."""
        mark = _cpu()
        if mark - self._mark > self._least and get_ident() == self.thread:
            self._owe(mark - self._mark if self._cpu_time is None else self._really_burned(mark))
        self.thread = get_ident()
        self._mark = mark
        if self._cpu_time is not None and mark - self._cpu_at > 0.005:
            self._cpu_mark = self._cpu_time()
            self._cpu_at = mark
        self.readings = 0
        self.measured = False
        return self.time

    def begin_anew(self):
        """Like ``begin``, if the work since the last step does not count for the program."""
        self._mark = _cpu()
        self.begin()

    def now(self):
        if get_ident() != self.thread:
            return self.time
        cpu = _cpu()
        burned = cpu - self._mark
        if burned > self._limit:
            self._mark = cpu
            if self._cpu_time is not None:
                burned = self._really_burned(cpu)
            if burned > self._limit:
                spent = burned + self._owed
                self.time += spent
                self.measured = True
                self.rest()
                self.counted(spent)
            else:
                self._owe(burned)
        return self.time

    def seen(self, cpu, thread):
        """Seconds that the step which goes on has computed and that do not count yet, seen from another thread when the CPU clock of the
        loop's ``thread`` shows ``cpu``. They will not count if they stay below the threshold, or if a loop in another thread is measured."""
        return max(0.0, cpu - self._mark) if thread == self.thread else 0.0

    def _owe(self, spent):
        if spent > self._least:
            self._owed += spent
            self._longer += 1
            if self._longer >= A_FEW:
                self._limit = max(self._threshold - self._owed, self._least)

    def rest(self):
        """The loop waits: resets the CPU time of its steps."""
        self._owed = 0.0
        self._longer = 0
        self._limit = self._threshold

    def _thread_time(self):
        """The time for other threads than the loop's. It advances with real time, since a library may poll the clock until time has passed."""
        real = _real()
        at, since = self._anchor
        if at != self.time:
            self._anchor = at, since = self.time, real
        self._latest = max(self._latest, at + real - since)
        return self._latest

    def doze(self, seconds):
        """``time.sleep(seconds)`` in another thread than the loop's. The loop lets the clock jump once everything at work sleeps."""
        sleeper = Sleeper(self.time + seconds)
        self.sleepers.append(sleeper)
        for loop in list(self.waiting):
            try:
                loop._write_to_self()
            except Exception:
                pass
        left, woken = seconds, False
        while not woken:
            given = self.given
            woken = sleeper.wake.wait(max(0.0, left - STANDS))
            step = self.step()
            woken = woken or sleeper.wake.wait(min(left, STANDS))
            # A loop that is kept from its work, by whoever waits for this very thread, moves no clock.
            if self.given == given:
                break
            # One that never waits does, turn by turn, and wakes whoever sleeps.
            left = max(seconds / 4, 0.005)
        self.awake(sleeper)
        began = self.time
        self.jump(sleeper.until)
        if not woken and self.outside is None and self.time > began and step is not None and self.step() == step:
            self.slept(began, self.time, sys._current_frames().get(self.thread), step[0])

    def awake(self, sleeper):
        try:
            self.sleepers.remove(sleeper)
        except ValueError:
            pass

    def in_other_thread(self):
        """Whether the caller runs in another thread than the loop."""
        return self.drives_loop and get_ident() != self.thread

    def _really_burned(self, at):
        before = self._cpu_mark
        self._cpu_mark = self._cpu_time()
        self._cpu_at = at
        return self._cpu_mark - before

    def rank(self, since):
        """Sort key, among timers due at the same instant, of one that was set at ``since``."""
        return -since if self._reversed else since

    def loop_to_clock(self):
        return 0.0

    def due(self, timer, offset):
        return timers.due_of(timer, self)

    # Clocks of the program.

    def reading(self):
        """The value of ``time.monotonic()``. It is never less than the time that a timer waited for, and never the same twice."""
        if self.in_other_thread():
            now = self._thread_time()
        elif self.outside is not None:
            return UPTIME + self.time + _real() - self.outside
        else:
            self.readings += 1
            if self.readings > FREE_READINGS:
                self._spin()
            now = self.now()
        shown = UPTIME + now
        if shown <= self._shown:
            shown = self._shown + TICK
        self._shown = shown
        return shown

    def glance(self):
        """Like ``reading``, for the loop itself: it does not count as a reading."""
        return max(self._shown, UPTIME + self.now())

    def show(self, reading):
        """From now on the program's clocks show at least this time."""
        if reading <= UPTIME + self.time + 1 and reading > self._shown:
            self._shown = reading

    def until(self, reading):
        """Seconds of this clock until the program's shows ``reading``, as the program meant it: without the error of the sum."""
        left = reading - max(self._shown, UPTIME + self.time)
        try:
            meant = round(left, 6)
        except (OverflowError, ValueError):
            return left
        return meant if abs(left - meant) < 1e-10 else left

    def from_reading(self, reading):
        return self.time + self.until(reading)

    def _spin(self):
        cost = READING if self.readings < MANY_READINGS else LONG_READING
        self.time += cost
        # This is the duration of the step: do not count its measured CPU time again.
        self._mark += cost

    # Moving the clock.

    def advance(self, seconds):
        self.readings = 0
        until = self.time + seconds
        while self._rings_by(until):
            self.time = max(self.time, self.alarm.due)
            self.alarm.ring()
            # The handler may itself have slept; the interrupted sleep continues.
        self.time = max(self.time, until)

    def stopped_in_wait(self, frame):
        """The program is stopped in ``frame``: a call that waits there has taken what it really took."""
        if self.standing is None or self.in_other_thread():
            return
        began, since = self.standing
        self.standing = None
        self.time = max(self.time, began + _real() - since)
        self.slept(began, self.time, frame)

    def _rings_by(self, until):
        alarm = self.alarm
        return alarm is not None and alarm.due is not None and alarm.due <= until and threading.current_thread() is threading.main_thread()

    def jump(self, to):
        """Moves the clock to ``to``, or to an alarm that is due before."""
        if self._rings_by(to):
            self._go(self.alarm.due)
            self.alarm.ring()
        else:
            self._go(to)

    def _go(self, to):
        if to > self.time:
            self.readings = 0
            self.time = to
            self.arrived = timers.nanoseconds(to)

    def install(self):
        self._spare_imports()
        self._undo.append(clock_functions.install(self))
        self._undo.append(timers.install(self))
        self._undo.append(alarms.install(self))
        self._undo.append(thread_waits.install(self))
        self._undo.append(blocking_calls.install(self))

    def _spare_imports(self):
        """The first import of a module costs no virtual time: it happens once a process, not once a run."""
        machinery = sys.modules['_frozen_importlib']
        original = machinery._find_and_load
        # Compiled under this name the frame is left out of tracebacks, as importlib's own are.
        names = {'original': original, 'cpu': _cpu, 'clock': self}
        exec(compile(_SPARING, '<frozen importlib._bootstrap>', 'exec'), names)
        machinery._find_and_load = names['_find_and_load']

        def undo():
            machinery._find_and_load = original

        self._undo.append(undo)

    def spare(self, seconds):
        if get_ident() == self.thread:
            self._mark += seconds
            self.spared += seconds

    def spared_in(self, work):
        """What ``work()`` returns; what it takes, for the record or for a person, is none of the program's. It asks for no time itself."""
        began, spared = _cpu(), self.spared
        before = None if self._cpu_time is None else self._cpu_time()
        try:
            return work()
        finally:
            # What it imported, or had done in the same way, is spared already.
            self.spare(_cpu() - began - (self.spared - spared))
            if before is not None:
                self._cpu_mark += self._cpu_time() - before

    def uninstall(self):
        while self._undo:
            self._undo.pop()()

    @property
    def installed(self):
        return bool(self._undo)
