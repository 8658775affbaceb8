"""Timers on the virtual clock: in which order they fire, and which of them in one round of the loop.

On a real clock two sleeps that are due at one instant are in fact microseconds apart, as the moments were at which they were set. So timers
fire in the order of (when they are due, when they were set, one after another), and those that were set at different moments wake the
loop one after the other: a later group waits until nothing else is ready. Those set at one moment fire in one round.
"""

import heapq
import sys
from asyncio import base_events, events

from ..loops.wrapper_code import look_like
from ..loops.handles import as_handle

BaseEventLoop = base_events.BaseEventLoop
TimerHandle = events.TimerHandle

#: Set at no particular moment: a timer that is due at once fires in the next turn, whatever else is ready.
AT_ONCE = float('-inf')
_MOST = 1e9
#: Before any timer. Not infinity: 3.15 asks for the next larger number.
_LONG_AGO = -1e300


def nanoseconds(seconds):
    """Times that are equal up to a nanosecond are one instant: ten sleeps of 0.1 s meet one of 1 s."""
    return round(seconds * 1e9) if abs(seconds) < _MOST else seconds * 1e9


class VirtualTimer(TimerHandle):
    """``_due``: on the virtual clock. ``_order``: instant, moment at which it was set, number."""

    __slots__ = ('_due', '_order')

    def __lt__(self, other):
        if type(other) is VirtualTimer:
            return self._order < other._order
        return TimerHandle.__lt__(self, other)


as_handle(VirtualTimer, TimerHandle)


class Timers:
    """The timers of one loop."""

    __slots__ = ('_loop', '_clock', '_meets', 'selected', 'slept')

    def __init__(self, loop, clock, meets):
        self._loop = loop
        self._clock = clock
        #: Called if timers that were set at different moments are due at the same instant: in reality either may come first.
        self._meets = meets
        #: True between the loop's ``select`` and its check of the timers.
        self.selected = False
        #: The loop slept until this instant, whatever is ready: its timers fire in this round.
        self.slept = False

    def next(self):
        """The timer that fires first, None if there is none. Removes cancelled ones."""
        loop = self._loop
        scheduled = loop._scheduled
        while scheduled:
            timer = scheduled[0]
            if not timer._cancelled:
                return timer
            self._pop()
            loop._timer_cancelled_count -= 1
        return None

    def due(self):
        """When the next timer is due, None if there is none."""
        timer = self.next()
        return None if timer is None else due_of(timer, self._clock)

    def is_due(self):
        due = self.due()
        return due is not None and nanoseconds(due) <= nanoseconds(self._clock.time)

    def _pop(self):
        timer = heapq.heappop(self._loop._scheduled)
        timer._scheduled = False
        return timer

    def release(self):
        """Makes the timers of this round ready."""
        clock, ready = self._clock, self._loop._ready
        now = nanoseconds(clock.time)
        # An instant that the clock jumped to. Where it came otherwise, by a step that took time, all that is due is late alike.
        jumped = clock.arrived == now
        idle = self.slept or not ready
        self.slept = False
        moment = None
        released = False
        while True:
            timer = self.next()
            if timer is None:
                return
            instant, since = order_of(timer, clock)
            if instant > now:
                return
            if instant == now and jumped and since != AT_ONCE:
                if not idle:
                    return
                if released and since != moment:
                    self._meets()
                    return
                moment = since
            self._pop()
            ready.append(timer)
            released = True
            clock.show(timer._when)


def due_of(timer, clock):
    return timer._due if type(timer) is VirtualTimer else clock.from_reading(timer._when)


def order_of(timer, clock):
    if type(timer) is VirtualTimer:
        return timer._order[:2]
    # Made by a loop's own ``call_at``.
    return nanoseconds(clock.from_reading(timer._when)), AT_ONCE


def keeps_time(loop):
    """Whether a loop uses the virtual clock. A loop that overrides ``time`` does not."""
    return type(loop).time is BaseEventLoop.time and hasattr(loop, '_scheduled') and hasattr(loop, '_ready')


def install(clock):
    """Makes the loops' ``time`` and ``call_at`` use the clock. Returns a function that undoes it."""
    original_time, original_call_at = BaseEventLoop.time, BaseEventLoop.call_at
    number = 0

    def time(self):
        frame = sys._getframe(1)
        timers = self._coroscope_timers
        if timers is None or not timers.selected or frame.f_code.co_name != '_run_once':
            # What asyncio computes of one moment is to come out as of one moment: ``timeout()`` asks twice.
            return clock.glance() if frame.f_globals.get('__package__') == 'asyncio' else clock.reading()
        timers.selected = False
        timers.release()
        # The loop's own look at its timers finds none that is due.
        return _LONG_AGO

    def call_at(self, when, callback, *args, context=None):
        nonlocal number
        if when is None:
            return original_call_at(self, when, callback, *args, context=context)
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_at')
        timer = VirtualTimer(when, callback, args, self, context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        now = clock.time
        delay = clock.until(when)
        timer._due = due = now + delay
        number += 1
        since = AT_ONCE if delay <= 0 else clock.rank(nanoseconds(now))
        timer._order = nanoseconds(due), since, number
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    look_like(call_at, original_call_at, '_check_closed')
    for replacement, original in ((time, original_time), (call_at, original_call_at)):
        for each in ('__module__', '__name__', '__qualname__', '__doc__'):
            setattr(replacement, each, getattr(original, each))
    BaseEventLoop.time, BaseEventLoop.call_at = time, call_at
    BaseEventLoop._coroscope_timers = None

    def uninstall():
        BaseEventLoop.time, BaseEventLoop.call_at = original_time, original_call_at
        del BaseEventLoop._coroscope_timers

    return uninstall
