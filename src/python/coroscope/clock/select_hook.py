"""What happens between turns: waiting in the selector, limits, and writing the record out."""

import time
from asyncio import BaseEventLoop

from ..records.kinds import DEADLOCK, DEADLOCK_OVER, IDLE
from .outside import handles_signals, outside_work, watches_files
from .virtual_waits import Waits

_wall = time.monotonic

#: Something is ready, but the loop was not woken.
SLEEPS_ON = object()


#: Up to this many turns, the record is written at each wait.
FEW = 256
#: Seconds after which a loop without a known reason to wait is checked, then more and more rarely.
QUIET, LONGEST_QUIET = 1.0, 10.0


class SelectHook:
    """Replaces the ``select`` of loops' selectors. ``stop(reason, message)`` ends the program; it does not return."""

    def __init__(self, recorder, limits, stop):
        self._recorder = recorder
        self._clock = recorder.clock
        self._limits = limits
        self._stop = stop
        self._flushed = _wall()
        self._untimed = None
        self._waits = []
        #: See ``FEW``; 0 if the record is only read at the end.
        self.few = FEW
        #: The program was stopped: its loops run nothing any more, also those of ``asyncio.run`` that clean up.
        self.stopped = False

    def wrap(self, loop, record, select):
        """Returns what replaces ``select``, that of the selector of ``loop``."""
        recorder = self._recorder
        clock = self._clock
        most = self._limits.steps or float('inf')
        recorder.most_turns = most + 1
        virtual = clock.kind == 'virtual'
        if virtual:
            clock.drives_loop = True
            waits = Waits(self, loop, record, select)
            self._waits.append(waits)
            turn = waits.turn

        def traced_select(timeout=None):
            if self.stopped:
                raise Stopped
            if not recorder.on:
                # The program keeps its clock, though nothing is recorded.
                return turn(timeout) if virtual and clock.installed else select(timeout)
            if record.turns >= record.next_flush:
                self._aside(recorder.due, record)
                self._check(record, most)
            if timeout is not None and timeout <= 0:
                return turn(timeout) if virtual else select(timeout)
            if record.turns < self.few:
                # A short program may be killed before its record is long enough to be worth writing.
                self._aside(recorder.flush)
            record.waiting = True
            try:
                return turn(timeout) if virtual else self._real_wait(loop, record, select, timeout)
            finally:
                record.waiting = False
                recorder.busy()

        return traced_select

    def _aside(self, write, *args):
        """Writes part of the record; the time for this does not count for the program."""
        clock = self._clock
        if clock.kind == 'virtual':
            clock.begin()
        try:
            write(*args)
        except Exception as error:
            self._recorder.broken(error)
        if clock.kind == 'virtual':
            clock.begin_anew()

    def finish(self):
        """The record ends: records what is otherwise recorded at the end of a wait."""
        for waits in self._waits:
            waits.told()

    def check(self, record):
        """Stops the program if a limit is reached: for loops without a selector."""
        self._check(record, self._limits.steps or float('inf'))

    def keep_time(self):
        """Recording is over and the clock is virtual: loops that start from now on still use it."""
        if self._clock.kind != 'virtual' or self._untimed is not None:
            return
        original = self._untimed = BaseEventLoop._check_running
        hook = self

        def _check_running(self):
            original(self)
            selector = getattr(self, '_selector', None)
            if selector is not None and getattr(selector.select, '__name__', '') != 'traced_select':
                selector.select = hook.wrap(self, hook._recorder.outside, selector.select)

        BaseEventLoop._check_running = _check_running

    def forget_time(self):
        """Undoes ``keep_time``."""
        original, self._untimed = self._untimed, None
        if original is not None:
            BaseEventLoop._check_running = original

    def _check(self, record, most):
        if record.turns > most:
            self._stop('steps', f'Stopped after {self._limits.steps:,} steps.')
        if self._limits.wall_is_over():
            self._stop('wall-time', f'Stopped after {self._limits.wall_time:g} s of running.')

    def _real_wait(self, loop, record, select, timeout):
        if _wall() - self._flushed > 0.05:
            # Write the record before the loop sleeps, for live views.
            self._recorder.flush()
            self._flushed = _wall()
        start = self._clock.now()
        if timeout is not None:
            ready = select(timeout)
        else:
            ready = self._select_until_nothing_can_come(loop, select)
            if ready is SLEEPS_ON:
                # Record the wait so far: it may be the last thing that the program does.
                self.idle(record, start)
                self._recorder.flush()
                start = self._clock.now()
                ready = select(None)
            if ready is None:
                # It is only said: something that cannot be seen from here may still wake the loop.
                record.event(DEADLOCK, self._clock.now())
                self._recorder.flush()
                ready = select(None)
                record.event(DEADLOCK_OVER, self._clock.now())
        self.idle(record, start)
        return ready

    def _select_until_nothing_can_come(self, loop, select):
        """``select`` without a timeout; None if the loop was quiet for a while and there is nothing that could wake it."""
        quiet = QUIET
        while True:
            ready = select(quiet)
            if ready:
                return ready
            if loop._ready:
                # From another thread, which wakes the loop in a moment; if it does not, the loop sleeps on as it would without us.
                return SLEEPS_ON
            if not self._recorder.open_jobs and not outside_work(loop) and not handles_signals():
                return None
            if watches_files(loop):
                # A server may wait for ever.
                return select(None)
            # Threads may end without waking the loop.
            quiet = min(2 * quiet, LONGEST_QUIET)

    def jump(self, record, start, target):
        """The virtual clock jumps to ``target``, from a wait that began at ``start``."""
        limit = self._limits.virtual_time
        if limit and target > limit:
            self._clock.jump(limit)
            self.idle(record, start)
            self._stop('virtual-time', f'Stopped at {limit:g} s of virtual time.')
        self._clock.jump(target)

    def deadlock(self):
        """Stops a program on the virtual clock that nothing can wake."""
        self._stop('deadlock', 'Nothing can go on: no task is ready, no timer is set, nothing outside is awaited.')

    def idle(self, record, start):
        """Records that the loop waited from ``start`` (seconds) until now."""
        end = self._clock.now()
        if not self._recorder.on:
            return
        try:
            record.event(IDLE, start, until=end)
            record.turns += 1
        except Exception as error:
            self._recorder.broken(error)
