"""Functions of ``time`` on the virtual clock, and other parts of the standard library that read a clock.

They are created once and use the clock of the current run, so that a module that imported one by name uses the next run's clock, too.
"""

import sys
import time
from _thread import get_ident
from asyncio import _get_running_loop as get_running_loop
from operator import index

from . import wall_dates

#: Wall-clock time starts here on each run, so that a run can be repeated to the byte.
EPOCH = 1_750_000_000.0

_originals = {name: getattr(time, name) for name in (
    'monotonic', 'monotonic_ns', 'perf_counter', 'perf_counter_ns', 'time', 'time_ns', 'sleep', 'localtime', 'gmtime', 'ctime',
    'strftime', 'asctime', 'clock_gettime', 'clock_gettime_ns') if hasattr(time, name)}
_WALL = frozenset(getattr(time, name) for name in ('CLOCK_REALTIME', 'CLOCK_TAI', 'CLOCK_REALTIME_COARSE') if hasattr(time, name))
_STEADY = frozenset(getattr(time, name) for name in (
    'CLOCK_MONOTONIC', 'CLOCK_MONOTONIC_RAW', 'CLOCK_BOOTTIME', 'CLOCK_UPTIME', 'CLOCK_UPTIME_RAW', 'CLOCK_HIGHRES') if hasattr(time, name))

_clock = None
_start = 0.0


def wall(clock):
    return EPOCH + (clock.reading() - _start)


def _following():
    """The functions by name."""
    original = _originals

    def monotonic():
        clock = _clock
        return original['monotonic']() if clock is None else clock.reading()

    def perf_counter():
        clock = _clock
        return original['perf_counter']() if clock is None else clock.reading()

    def time_():
        clock = _clock
        return original['time']() if clock is None else wall(clock)

    def in_nanoseconds(name, seconds):
        def function():
            return original[name]() if _clock is None else round(seconds() * 1e9)
        return function

    def sleep(seconds, /):
        clock = _clock
        if clock is None:
            return original['sleep'](seconds)
        if not isinstance(seconds, float):
            seconds = index(seconds)
        if seconds != seconds or seconds < 0:
            # It says what is wrong.
            return original['sleep'](seconds)
        if clock.in_other_thread() and get_running_loop() is None:
            if get_ident() in clock.elsewhere:
                return original['sleep'](seconds)
            clock.doze(seconds)
            return
        if clock.outside is not None:
            return original['sleep'](seconds)
        began = clock.now()
        clock.advance(seconds)
        if get_running_loop() is None:
            # Other threads continue in real time while the program sleeps.
            original['sleep'](min(seconds, 0.005))
        if seconds > 0:
            clock.slept(began, clock.time, sys._getframe(1))

    def of_seconds(name):
        """``localtime`` and similar functions, which use the current time without an argument."""
        convert = original[name]

        def function(seconds=None, /):
            return convert(time.time() if seconds is None and _clock is not None else seconds)
        return function

    def strftime(format, t=None, /):
        if t is None:
            return original['strftime'](format) if _clock is None else original['strftime'](format, time.localtime())
        return original['strftime'](format, t)

    def asctime(t=None, /):
        if t is None:
            return original['asctime']() if _clock is None else original['asctime'](time.localtime())
        return original['asctime'](t)

    def clock_gettime(clk_id, /):
        if _clock is not None and clk_id in _STEADY:
            return time.monotonic()
        return time.time() if _clock is not None and clk_id in _WALL else original['clock_gettime'](clk_id)

    def clock_gettime_ns(clk_id, /):
        if _clock is not None and clk_id in _STEADY:
            return time.monotonic_ns()
        return time.time_ns() if _clock is not None and clk_id in _WALL else original['clock_gettime_ns'](clk_id)

    made = {
        'monotonic': monotonic, 'perf_counter': perf_counter, 'time': time_, 'sleep': sleep, 'strftime': strftime, 'asctime': asctime,
        'clock_gettime': clock_gettime, 'clock_gettime_ns': clock_gettime_ns,
        'monotonic_ns': in_nanoseconds('monotonic_ns', monotonic), 'perf_counter_ns': in_nanoseconds('perf_counter_ns', perf_counter),
        'time_ns': in_nanoseconds('time_ns', time_), **{name: of_seconds(name) for name in ('localtime', 'gmtime', 'ctime')},
    }
    for name, function in made.items():
        # They are seen as names of jobs.
        function.__name__ = function.__qualname__ = name
        function.__module__ = 'time'
        function.__doc__ = getattr(original.get(name), '__doc__', None)
    return {name: function for name, function in made.items() if name in original}


_functions = _following()


def install(clock):
    """Makes the functions use ``clock``. Returns a function that undoes it."""
    global _clock, _start
    _clock, _start = clock, clock.glance()
    before = {name: getattr(time, name) for name in _functions}
    for name, function in _functions.items():
        setattr(time, name, function)
    undo = [_names_taken_before(), _log_start(), wall_dates.install()]

    def uninstall():
        global _clock
        _clock = None
        for name, function in before.items():
            setattr(time, name, function)
        while undo:
            undo.pop()()

    return uninstall


def _names_taken_before():
    """Modules that have imported the functions by name, if they were loaded before."""
    changed = []
    for module, name in (('timeit', 'default_timer'), ('sched', '_time')):
        module = sys.modules.get(module)
        taken = getattr(module, name, None)
        for each, original in _originals.items():
            if taken is original:
                setattr(module, name, _functions[each])
                changed.append((module, name, taken))

    def undo():
        for module, name, taken in changed:
            setattr(module, name, taken)

    return undo


def _log_start():
    """``relativeCreated`` of log records counts from here; asyncio has loaded ``logging`` before the program could."""
    logging = sys.modules.get('logging')
    before = getattr(logging, '_startTime', None)
    if before is None:
        return lambda: None
    # 3.13 counts in nanoseconds.
    logging._startTime = round(EPOCH * 1e9) if isinstance(before, int) else EPOCH

    def undo():
        logging._startTime = before

    return undo
