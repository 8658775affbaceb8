"""What a loop does between its turns on the virtual clock: it jumps to the next timer, or waits for something outside."""

import time

from ..records.kinds import TIE, TIME_GIVEN
from .outside import idle_workers, outside_work, threads_at_work, waits_for_sockets
from .timers import Timers, due_of, keeps_time

_real_now = time.perf_counter
_real_sleep = time.sleep

#: Seconds. Work of threads that takes less than QUICK costs no virtual time. POLL: interval of the checks whether they still work.
QUICK = 0.010
POLL = 0.020
#: Seconds of real time for which a loop that never waits pauses after it has woken a thread.
WOKEN = 0.001

#: For a loop that never waits: this many turns cost no time, then each costs TURN seconds.
FREE_TURNS = 100
TURN = 0.000_020
#: Tasks that only poll wait for time to pass: after this many turns each turn costs this many seconds.
POLLING = ((20_000, 0.000_200), (5_000, 0.000_050))


class Waits:
    """The waits of one loop. ``select`` is that of its selector."""

    def __init__(self, hook, loop, record, select):
        self._hook = hook
        self._recorder = hook._recorder
        self._clock = hook._clock
        self._loop = loop
        self._record = record
        self._select = select
        #: Turns since the loop last waited.
        self._turns = 0
        #: When time was first given to turns since then.
        self._since = None
        self._timers = None
        if keeps_time(loop):
            self._timers = loop._coroscope_timers = Timers(loop, self._clock, self._tie)

    def turn(self, timeout):
        """One call of ``select``."""
        loop, timers = self._loop, self._timers
        if timers is None:
            return self._select(timeout) if timeout is not None and timeout <= 0 else self._wait(timeout)
        try:
            if loop._ready or loop._stopping:
                self._turns += 1
                if self._turns > FREE_TURNS:
                    self._give_time()
                return self._select(0)
            return self._wait(timeout)
        finally:
            timers.selected = True

    def _give_time(self):
        """A turn of a loop that is never idle takes some time: up to the next timer at most, so that none is passed over."""
        clock = self._clock
        cost = TURN
        for turns, longer in POLLING:
            if self._turns > turns:
                if self._polls():
                    cost = longer
                break
        to = clock.now() + cost
        due = self._timers.due()
        if due is not None and clock.time < due < to:
            to = due
        clock.given += 1
        for sleeper in list(clock.sleepers):
            if sleeper.until <= to:
                clock.awake(sleeper)
                sleeper.wake.set()
                # The thread continues before more time passes for the loop.
                _real_sleep(WOKEN)
        if self._since is None:
            self._since = clock.time
        clock.advance(to - clock.time)

    def _tie(self):
        self._note(TIE, self._clock.time, self._clock.time)

    def told(self):
        """The loop waits, or its record ends: how much time was given to turns that never waited."""
        since, self._since = self._since, None
        if since is not None:
            self._note(TIME_GIVEN, since, self._clock.time, self._turns - FREE_TURNS)

    def _note(self, kind, time, until, count=0):
        if self._recorder.on:
            try:
                self._record.event(kind, time, count, until=until)
            except Exception as error:
                self._recorder.broken(error)

    def _polls(self):
        """Whether all that is ready has come back by itself: by ``sleep(0)``, or a bare yield."""
        for handle in self._loop._ready:
            callback = handle._callback
            if 'Step' not in type(callback).__name__ and getattr(callback, '__name__', '') != '__step':
                return False
        return True

    def _wait(self, timeout):
        clock, loop = self._clock, self._loop
        start = clock.begin()
        ready = self._select(0)
        if ready or loop._ready:
            return ready
        if self._timers is not None and self._timers.is_due():
            # A later round of the same instant.
            return ready
        self.told()
        self._turns = 0
        clock.rest()
        if self._recorder.open_jobs or outside_work(loop):
            return self._outside_wait(timeout, start)
        if loop._ready:
            # A thread called just now, and has ended.
            ready = self._select(0)
            if ready:
                return ready
        try:
            self._sleep_on(start, self._due(timeout, start))
        finally:
            # The handler of an alarm may raise.
            self._hook.idle(self._record, start)
        # Tasks that a signal handler woke.
        return self._select(0) if clock.alarm is not None else ready

    def _sleep_on(self, start, due):
        """Nothing but a timer wakes the loop, though something may be ready: a thread that did not wake the loop put it there."""
        if due is None:
            if self._loop._ready:
                # Bare it would sleep for ever. Here it goes on, as it does where anything else happens to wake it.
                return
            self._hook.deadlock()
        self._jump(start, due)
        if self._timers is not None:
            self._timers.slept = True

    def _due(self, timeout, start):
        """When the next timer is due, or the alarm; None if there is neither."""
        if self._timers is not None:
            due = self._timers.due()
        else:
            due = None if timeout is None else start + timeout
        alarm = self._clock.alarm and self._clock.alarm.due
        return due if alarm is None else alarm if due is None else min(alarm, due)

    def _jump(self, start, target):
        self._hook.jump(self._record, start, target)
        timer = self._timers and self._timers.next()
        if timer is not None and due_of(timer, self._clock) <= target:
            self._clock.show(timer._when)

    def _outside_wait(self, timeout, start):
        """A socket or a thread will answer in its own time: until then the virtual clock goes with the real one.

        Where all that is at work are threads that sleep, it jumps to when the first of them wakes; and what threads do otherwise costs
        no time as long as it is quick, as the steps of tasks.
        """
        clock, loop, select = self._clock, self._loop, self._select
        due = self._due(timeout, start)
        clock.waiting.append(loop)
        try:
            while True:
                sockets = waits_for_sockets(loop)
                sleeper = None if sockets else self._first_sleeper()
                if sleeper is not None:
                    if due is not None and sleeper.until > due:
                        self._jump(start, due)
                        ready = select(0)
                        break
                    self._jump(start, sleeper.until)
                    clock.awake(sleeper)
                    sleeper.wake.set()
                at = clock.now()
                before = _real_now()
                left = None if due is None else max(0, due - at)
                ready = select(left if sockets else POLL if left is None else min(left, POLL))
                took = _real_now() - before
                if sockets or took > QUICK:
                    clock.jump(at + took)
                if ready or due is not None and clock.now() >= due:
                    break
                if not (self._recorder.open_jobs or outside_work(loop)):
                    ready = select(0)
                    if loop._ready and not ready:
                        self._sleep_on(start, due)
                    break
        finally:
            clock.waiting.remove(loop)
        self._hook.idle(self._record, start)
        return ready

    def _first_sleeper(self):
        """The thread that wakes first, if all threads sleep; else None."""
        sleepers = sorted(self._clock.sleepers, key=lambda sleeper: sleeper.until)
        if not sleepers:
            return None
        jobs = list(self._recorder.open_jobs.values())
        if any(job.kind in ('process', 'subprocess') for job in jobs):
            return None
        # Whoever is about to take a job has not begun to sleep yet.
        if any(not job.started for job in jobs) and idle_workers():
            return None
        return None if threads_at_work({sleeper.thread for sleeper in sleepers}) else sleepers[0]
