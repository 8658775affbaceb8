"""What blocks a loop: a thread of the tracer samples the stack of long steps and callbacks.

This costs a step nothing. The thread checks every 25 ms whether the loop's count of turns has changed; if it has not, and
the loop does not wait in its selector, it takes a sample of the loop's stack, and asks the system what the thread did since the last one.
A sample counts for what the thread computed and for what it slept in a call: not for time in which other processes had the CPU or
other threads the GIL, and not for imports, which happen once per process.
Results are written while the step is running, so that they exist if the program is killed.
"""

import gc
import os
import signal
import sys
import threading
import time
import weakref
from _thread import allocate_lock, get_ident, start_new_thread

from ..records.kinds import CUT, HELD, WOKEN
from .loop_samples import LoopSamples
from .loop_stack import microseconds, site_of_stack, stack_of_turn
from .meter import Meter, queue
from .turn_counts import TurnCounts

#: Seconds between two checks; a step is long when three of them saw it.
PERIOD = 0.025
#: A long step is sampled more and more rarely: the interval is at least this share of its duration so far.
SHARE = 0.02
#: Samples are written while the step still runs: first after WRITE_AFTER seconds, then each time its duration has grown by half.
WRITE_AFTER, WRITE_AGAIN = 0.1, 1.5
#: A check this long after the one before is late.
LATE = 0.1
#: Shorter steps are not recorded. On the virtual clock nothing else costs time, and shorter steps are the same in every run.
LEAST = 0.03
#: Checks with only idle loops, after which the thread sleeps until one of them continues.
QUIET_LOOKS = 40
#: Seconds to wait for the thread to end on a busy machine; usually it takes less than a millisecond.
LONGEST_STOP = 2

#: 3.13 counts threads, to warn of them, after what is registered for the end of a fork: the thread begins with the loop's next turn.
COUNTS_LATE = sys.version_info[:2] == (3, 13)

_now = time.perf_counter
_process_time = time.process_time
_sleep = time.sleep


def possible():
    """False without the GIL: a stack would change while it is read."""
    return hasattr(sys, '_current_frames') and getattr(sys, '_is_gil_enabled', lambda: True)()


class Sampler:
    def __init__(self, recorder):
        self._recorder = recorder
        self._virtual = recorder.clock.kind == 'virtual'
        self._counts = TurnCounts()
        if self._virtual:
            recorder.clock.counted = self._counts.add
        self._watches = []
        self._known = 0
        self._running = False
        self._stopped = False
        self._ident = 0
        #: When the last look was, and how many seconds came too late altogether: then this process did not run, or something kept the interpreter.
        self._looked = 0.0
        self._missed = 0.0
        #: CPU seconds of the process at the last look.
        self._process = 0.0
        #: Held while the thread should sleep; released to wake it.
        self._bell = allocate_lock()
        self._gone = allocate_lock()
        #: The thread sleeps, since no loop runs. ``rouse`` has to be called when a loop starts or continues.
        self.dozing = False
        #: The thread is to begin when it is roused.
        self._later = False
        self._native = 0
        #: Turns of all loops at the last look, and when the record was last written for that.
        self._turns = self._turns_written = 0
        self._completed = 0.0
        #: What is told of a turn that held its loop for so long.
        self.blocked_after = float('inf')
        self.blocked = None

    def start(self):
        """Returns whether stacks will be sampled."""
        if not possible():
            return False
        try:
            self._begin()
        except RuntimeError:
            # No threads (WebAssembly), or no more of them.
            return False
        if hasattr(os, 'register_at_fork'):
            # It cannot be unregistered: it must not keep the sampler alive.
            stop, again = weakref.WeakMethod(self.stop), weakref.WeakMethod(self._go_on)
            os.register_at_fork(before=lambda: (stop() or bool)(), after_in_parent=lambda: (again() or bool)())
        return True

    def _begin(self):
        self._stopped = False
        self.dozing = False
        self._bell.acquire(False)
        self._gone.acquire(False)
        start_new_thread(self._run, ())
        self._running = True

    def _go_on(self):
        if not self._recorder.on:
            return
        if COUNTS_LATE:
            self.dozing = self._later = True
        else:
            self._begin_if_possible()

    def _begin_if_possible(self):
        try:
            self._begin()
        except RuntimeError:
            # No more threads.
            pass

    def stop(self):
        """Ends the thread. Python warns of forks with several threads, so it waits until the thread is gone for the system, too."""
        self._later = False
        if not self._running or get_ident() == self._ident:
            return
        self._running = False
        self._stopped = True
        self.rouse()
        until = _now() + LONGEST_STOP
        if not self._gone.acquire(timeout=LONGEST_STOP):
            return
        task = f'/proc/self/task/{self._native}'
        while self._native and os.path.exists(task) and _now() < until:
            _sleep(0.0005)

    def finish(self):
        """Ends the thread, and records its last samples."""
        self.stop()
        for watch in self._watches:
            if watch.samples:
                self._settle(watch)

    def rouse(self):
        self.dozing = False
        if self._later:
            self._later = False
            self._begin_if_possible()
            return
        try:
            self._bell.release()
        except RuntimeError:
            # It is awake.
            pass

    def _run(self):
        try:
            # Signals must go to the program's threads, to interrupt what those wait for.
            if hasattr(signal, 'pthread_sigmask'):
                signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
            self._ident = get_ident()
            self._native = getattr(sys.modules['_thread'], 'get_native_id', int)()
            quiet = 0
            while not self._stopped and self._recorder.on:
                quiet = 0 if self._look() else quiet + 1
                if self._recorder.writes_when_idle:
                    self._write_when_idle()
                if quiet < QUIET_LOOKS:
                    self._bell.acquire(True, PERIOD)
                    continue
                quiet = 0
                self.dozing = True
                # A loop may have continued just now, without waking this thread.
                if not self._look():
                    self._bell.acquire()
                self.dozing = False
                self._looked = _now()
        except Exception as error:
            self._recorder.broken(error)
        finally:
            self._gone.release()

    def _write_when_idle(self):
        """Writes once nothing has happened since the look before. Of loops that are none of asyncio's own it is not known when they wait."""
        every = self._recorder.completes_every
        if every and _now() >= self._completed + every:
            self._completed = _now()
            for record in self._recorder.loops:
                # Only the loop itself can complete a batch, before its next turn.
                record.next_flush = 0
        turns = sum([record.turns for record in self._recorder.loops])
        if turns == self._turns and turns != self._turns_written:
            self._turns_written = turns
            self._recorder.flush_while_running()
        self._turns = turns

    def _look(self):
        """Whether any loop is at work."""
        now = _now()
        late = self._looked > 0 and now - self._looked > LATE
        if late:
            self._missed += now - self._looked - PERIOD
        self._looked = now
        loops = self._recorder.loops
        while self._known < len(loops):
            self._watches.append(LoopSamples(loops[self._known]))
            self._known += 1
        busy = False
        for watch in self._watches:
            record = watch.record
            turns = record.turns
            if record.thread is None:
                self._settle(watch)
                self._watches.remove(watch)
                return True
            if turns != watch.turns or record.waiting:
                if watch.samples:
                    self._settle(watch)
                watch.new_turn(turns)
                if not record.waiting:
                    busy = True
                    if late:
                        # A function in C may have kept the interpreter for all that time: it ends just now.
                        self._again(watch, turns, late)
                if not late:
                    self._mark(watch)
                watch.at = now
            elif not self._stopped:
                busy = True
                self._again(watch, turns, late)
        self._process = _process_time()
        return busy

    def _mark(self, watch):
        """What its thread has computed until now is not of the next turn."""
        meter = self._meter(watch)
        if meter is not None:
            meter.mark()

    def _meter(self, watch):
        """The meter of a loop's thread; None once that thread has ended: nothing may be asked of it then."""
        ident = watch.record.thread
        if watch.meter is None or watch.meter.ident != ident:
            watch.meter = Meter(ident) if ident in sys._current_frames() else None
        return watch.meter

    def _again(self, watch, turns, late):
        """The loop is still in the turn in which it was seen before."""
        now = _now()
        if watch.samples > 2 and now - watch.at < SHARE * (now - watch.began):
            return
        collects = gc.isenabled()
        # Garbage of the program must be collected in its own threads.
        gc.disable()
        try:
            self._sample(watch, turns, late)
        finally:
            if collects:
                gc.enable()

    def _sample(self, watch, turns, late):
        record = watch.record
        meter = self._meter(watch)
        if meter is None:
            return
        # Reading files lets other threads run, each time for 5 ms and more: the stack is looked at afterwards. Not so where this look came
        # late: what kept the interpreter ends just now, and is gone in a moment.
        seen = stack_of_turn(record, turns) if late else None
        # The virtual clock needs only what the thread computed, for which no file is read.
        missed = 0.0 if self._virtual else self._late(watch)
        reading = meter.computed() if self._virtual else meter.read()
        now = _now()
        seen = seen or stack_of_turn(record, turns)
        if seen is None:
            return
        stack, current, start, handle = seen
        if not stack:
            # The step has just ended, or is a callback in C: assign the time since the last sample to the place of that sample.
            if watch.samples == 0 and current is not None:
                return
            stack = watch.stack or stack
        length = now - watch.at
        computed, blocked = (0.0, 0.0) if self._virtual else meter.since_last(
            reading, length, stack[0] if stack else None, watch.samples == 0, missed)
        watch.at = now
        importing = any(code.co_filename.startswith('<frozen importlib') for code, _ in stack)
        if importing or watch.importing:
            computed = blocked = 0.0
        watch.importing = importing
        watch.samples += 1
        if watch.samples == 1:
            watch.began = now - length if self._virtual else max(start, now - length)
            watch.task = current.id if current is not None else 0
            watch.since = watch.until = start
            watch.write_at = WRITE_AFTER
            watch.seen = 0.0
            if not self._virtual:
                if late and not meter.marked() and threading.active_count() == 1:
                    # This loop is seen for the first time; whatever computed since the last look was its thread.
                    computed = reading[1] - self._process
                # It may not have begun at the last look.
                computed = min(computed, now - start)
            watch.before = min(2 * PERIOD, now - watch.began - computed)
        if self._virtual:
            # Only what keeps the processor busy costs time there.
            if reading is not None:
                # As the clock counts it: time for imports and for writing the record is not the step's.
                clock = self._recorder.clock
                burned = clock.seen(reading, record.thread)
                if clock.alarm is not None:
                    clock.alarm.ring_if_due(clock.time + burned)
                seen = self._counts.of(record, turns) + burned
                computed = 0.0 if importing else max(0.0, seen - watch.seen)
                watch.seen = seen
        elif watch.samples == 2 and blocked > 0.8 * length:
            # So it was before the first sample, as far as it did not compute.
            blocked += max(0.0, watch.before)
        if stack != watch.stack:
            self._note(watch)
            watch.stack = stack
            watch.since = watch.until
        watch.computed += computed
        watch.blocked += blocked
        watch.held += computed + blocked
        watch.until = watch.until + computed if self._virtual else now
        if watch.held >= watch.write_at:
            watch.write_at *= WRITE_AGAIN
            self._write(watch, current, start, handle)

    def _late(self, watch):
        """Seconds since the last sample in which this thread should have looked and was not waiting for a processor either."""
        waited = queue(f'/proc/self/task/{self._native}/')[0] or 0.0
        missed, queued = self._missed - watch.missed, waited - watch.queued
        watch.missed, watch.queued = self._missed, waited
        return max(0.0, missed - queued)

    def _note(self, watch):
        """A stretch of the turn ends."""
        if watch.computed or watch.blocked:
            watch.rows.append((watch.stack, watch.since, watch.computed, watch.blocked, watch.until))
        watch.computed = watch.blocked = 0.0
        # On the virtual clock it is the end of the turn that decides.
        if not self._virtual:
            self._tell(watch)

    def _tell(self, watch, most=float('inf')):
        """``most``: seconds that the turn computed by the virtual clock's count."""
        # What the clock counted is all of the turn, also where the machine left no time for more than a sample.
        if max(watch.held, 0.0 if most == float('inf') else most) < LEAST:
            return
        record = watch.record
        recorder = record.recorder
        for stack, since, computed, blocked, until in watch.rows:
            if computed + watch.told > most:
                computed = max(0.0, most - watch.told)
                until = since + computed
            watch.told += computed
            if computed or blocked:
                site = site_of_stack(recorder.places, stack)
                recorder.note(record, HELD, since, watch.task, site, microseconds(computed), microseconds(blocked), watch.turns, until)
        watch.rows.clear()

    def _settle(self, watch):
        """The turn has ended, or is not the one that was sampled."""
        self._note(watch)
        held = watch.held
        if self._virtual and watch.turns != watch.record.turns:
            # What took no time of the clock's, however long a slow machine needed for it, held nothing.
            self._tell(watch, self._counts.of(watch.record, watch.turns))
        else:
            self._tell(watch)
        watch.new_turn(-1)
        if held >= self.blocked_after:
            self.blocked(held)

    def _write(self, watch, current, start, handle):
        """Records the step as it is so far: it may never end."""
        self._note(watch)
        self._tell(watch)
        watch.since = watch.until
        record = watch.record
        recorder = record.recorder
        if current is not None:
            outer = getattr(handle, '_state', None)
            if outer is not None:
                origin = handle._origin
                recorder.note(record, WOKEN, handle._made, outer.id, origin & 0xFFFFFFFF, origin >> 32, 0, handle._turn)
            # An eager task runs inside the step that makes it.
            site = site_of_stack(recorder.places, watch.stack)
            for state in {outer, current} - {None}:
                recorder.note(record, CUT, start if state is outer else record.started, state.id, site, 0, 0, watch.turns, watch.until)
        recorder.flush_while_running()
