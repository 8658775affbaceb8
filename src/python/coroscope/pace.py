"""What happens between turns: waiting in the selector, the virtual clock's jumps, limits, and writing the record out."""

import json
import sys
import threading
import time
from asyncio import BaseEventLoop

from .recorder import DEADLOCK, DEADLOCK_OVER, IDLE, STOP

_wall = time.monotonic


class Stopped(BaseException):
    """Raised out of the loop where the process cannot simply end: recording is over."""


class Limits:
    """Where a program is stopped. 0: never."""

    def __init__(self, steps=0, virtual_time=0, wall_time=0):
        self.steps = steps
        self.virtual_time = virtual_time
        self.wall_time = wall_time
        self.began = _wall()

    def wall_is_over(self):
        return bool(self.wall_time) and _wall() - self.began >= self.wall_time


#: Until so many turns the record is written at each wait.
FEW = 256
#: On the virtual clock, seconds: what threads do in less costs no time; so often it is looked whether they still do anything.
QUICK = 0.010
POLL = 0.020

#: A loop that waits for nothing in particular is looked at after so many seconds, and then ever more rarely.
QUIET, LONGEST_QUIET = 1.0, 10.0


class Pace:
    """``stop(reason, message)`` ends the program; it does not return."""

    def __init__(self, recorder, limits, stop):
        self._recorder = recorder
        self._clock = recorder.clock
        self._limits = limits
        self._stop = stop
        self._flushed = _wall()
        self._untimed = None
        #: See ``FEW``; 0 where nobody wants a part of the record.
        self.few = FEW

    def selecting(self, loop, record, select):
        """Replaces the ``select`` of a loop's selector."""
        virtual = self._clock.kind == 'virtual'
        if virtual:
            self._clock.paced = True
        wait = self._virtual_wait if virtual else self._real_wait
        recorder = self._recorder
        most = self._limits.steps or float('inf')
        recorder.most_turns = most + 1

        def traced_select(timeout=None):
            if not recorder.on:
                # The clock stays the program's clock, though nothing is recorded.
                return wait(loop, record, select, timeout) if virtual and self._clock.installed and timeout != 0 else select(timeout)
            if record.turns >= record.next_flush:
                try:
                    recorder.due(record)
                except Exception as error:
                    recorder.broken(error)
                if virtual:
                    self._clock.begin()
                self._check(record, most)
            if timeout is not None and timeout <= 0:
                return select(timeout)
            if record.turns < self.few:
                # A short program may be killed before its record is long enough to be worth writing.
                recorder.flush()
            record.waiting = True
            try:
                return wait(loop, record, select, timeout)
            finally:
                record.waiting = False
                recorder.busy()

        return traced_select

    def check(self, record):
        """Stops the program if a limit is reached: for loops without a selector."""
        self._check(record, self._limits.steps or float('inf'))

    def keep_time(self):
        """Recording is over and the clock is virtual: loops that start from now on go by it all the same."""
        if self._clock.kind != 'virtual' or self._untimed is not None:
            return
        original = self._untimed = BaseEventLoop._check_running
        pace = self

        def _check_running(self):
            original(self)
            selector = getattr(self, '_selector', None)
            if selector is not None and getattr(selector.select, '__name__', '') != 'traced_select':
                selector.select = pace.selecting(self, pace._recorder.outside, selector.select)

        BaseEventLoop._check_running = _check_running

    def forget_time(self):
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
            # Somebody may be watching: what is recorded so far is shown before the loop goes to sleep.
            self._recorder.flush()
            self._flushed = _wall()
        start = self._clock.now()
        if timeout is not None:
            ready = select(timeout)
        else:
            ready = self._select_until_nothing_can_come(loop, select)
            if ready is None:
                # It is only said: something that cannot be seen from here may still wake the loop.
                record.event(DEADLOCK, self._clock.now())
                self._recorder.flush()
                ready = select(None)
                record.event(DEADLOCK_OVER, self._clock.now())
        self._idle(record, start)
        return ready

    def _select_until_nothing_can_come(self, loop, select):
        """``select`` without a timeout; None if the loop was quiet for a while and there is nothing that could wake it."""
        quiet = QUIET
        while True:
            ready = select(quiet)
            if ready or loop._ready:
                return ready
            if not self._recorder.open_jobs and not outside_work(loop) and not handles_signals():
                return None
            if watches_files(loop):
                # A server waits for as long as it likes.
                return select(None)
            # Threads may end without a word.
            quiet = min(2 * quiet, LONGEST_QUIET)

    def _virtual_wait(self, loop, record, select, timeout):
        clock = self._clock
        start = clock.begin()
        ready = select(0)
        if ready or loop._ready:
            return ready
        if self._recorder.open_jobs or outside_work(loop):
            return self._outside_wait(loop, record, select, timeout, start)
        if loop._ready:
            # A thread called just now, and has nothing more to do.
            return select(0)
        if timeout is None:
            self._deadlock()
        self._jump(record, start, next_timer(loop, start + timeout))
        self._idle(record, start)
        return ready

    def _jump(self, record, start, target):
        limit = self._limits.virtual_time
        if limit and target > limit:
            self._clock.jump(limit)
            self._idle(record, start)
            self._stop('virtual-time', f'Stopped at {limit:g} s of virtual time.')
        self._clock.jump(target)

    def _deadlock(self):
        self._stop('deadlock', 'Nothing can go on: no task is ready, no timer is set, nothing outside is awaited.')

    def _outside_wait(self, loop, record, select, timeout, start):
        """A socket or a thread will answer in its own time: until then the virtual clock goes with the real one.

        Where all that is at work are threads that sleep, it jumps to when the first of them wakes; and what threads do otherwise costs
        no time as long as it is quick, as the steps of tasks.
        """
        clock = self._clock
        due = float('inf') if timeout is None else next_timer(loop, start + timeout)
        clock.waiting.append(loop)
        try:
            while True:
                sockets = waits_for_sockets(loop)
                sleeper = None if sockets else self._first_sleeper()
                if sleeper is not None:
                    if sleeper.until > due:
                        self._jump(record, start, due)
                        ready = select(0)
                        break
                    self._jump(record, start, sleeper.until)
                    clock.awake(sleeper)
                    sleeper.wake.set()
                at = clock.now()
                before = _real_now()
                left = None if due == float('inf') else max(0, due - at)
                ready = select(left if sockets else POLL if left is None else min(left, POLL))
                took = _real_now() - before
                if sockets or took > QUICK:
                    clock.jump(at + took)
                if ready or loop._ready or clock.now() >= due or not (self._recorder.open_jobs or outside_work(loop)):
                    break
        finally:
            clock.waiting.remove(loop)
        self._idle(record, start)
        return ready

    def _first_sleeper(self):
        """The thread that wakes first, if whatever could go on sleeps; else None."""
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

    def _idle(self, record, start):
        end = self._clock.now()
        if not self._recorder.on:
            return
        try:
            record.event(IDLE, start, until=end)
            record.turns += 1
        except Exception as error:
            self._recorder.broken(error)


_real_now = time.perf_counter


def next_timer(loop, fallback):
    """When the next timer is due. The heap has it exactly, the selector's timeout only to a rounding error."""
    scheduled = getattr(loop, '_scheduled', None)
    return scheduled[0]._when if scheduled and scheduled[0]._when <= fallback + 1e-6 else fallback


def outside_work(loop):
    """Whether something other than a timer may wake the loop: a socket, a pipe, a thread at work."""
    return waits_for_sockets(loop) or threads_at_work()


def waits_for_sockets(loop):
    return watches_files(loop) or bool(loop_signals(loop))


def watches_files(loop):
    """Whether the loop watches a socket or a pipe other than the one that it wakes itself by."""
    selector = getattr(loop, '_selector', None)
    own = 1 if getattr(loop, '_ssock', None) is not None else 0
    try:
        return len(selector.get_map()) > own
    except Exception:
        return False


def handles_signals():
    """Whether the program has a signal handler of its own, which could wake a loop. Ctrl-C ends a program, as asyncio and Python have it."""
    signals = sys.modules.get('signal')
    if signals is None:
        return False
    for number in signals.valid_signals():
        handler = signals.getsignal(number)
        if callable(handler) and handler is not signals.default_int_handler:
            module = getattr(handler, '__module__', None) or ''
            # A partial, as asyncio's own handler of Ctrl-C is, has its function's module.
            module = getattr(getattr(handler, 'func', None), '__module__', None) or module
            if module.split('.')[0] not in ('asyncio', 'coroscope'):
                return True
    return False


def loop_signals(loop):
    return getattr(loop, '_signal_handlers', None)


def threads_at_work(sleeping=()):
    """Threads that could call back: any but this one, the idle workers of thread pools, and those that are known to sleep."""
    if threading.active_count() == 1:
        return False
    # Not imported here: a program whose own module of that name hides the library's must meet its error as ever.
    pool = sys.modules.get('concurrent.futures.thread')
    me = threading.current_thread()
    for thread in threading.enumerate():
        if thread is me or thread.ident in sleeping or not thread.is_alive():
            continue
        if pool is None or thread not in pool._threads_queues or not is_idle(thread, pool):
            return True
    return False


def idle_workers():
    pool = sys.modules.get('concurrent.futures.thread')
    return pool is not None and any(is_idle(thread, pool) for thread in list(pool._threads_queues))


def is_idle(thread, pool):
    """Whether a pool's worker stands in ``work_queue.get``, with nothing to do."""
    frame = sys._current_frames().get(thread.ident)
    return frame is not None and frame.f_code is pool._worker.__code__


def record_stop(recorder, reason, message, time):
    text = json.dumps({'reason': reason, 'message': message})
    target = recorder.loops[-1] if recorder.loops else recorder.outside
    target.event(STOP, time, 0, 0, recorder.text(text))
