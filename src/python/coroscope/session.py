"""One traced run: installs everything, and removes it again."""

import asyncio
import platform
import sys
import warnings
from time import perf_counter as real_time

from .clock.clocks import RealClock, VirtualClock
from .clock.limits import record_stop
from .clock.select_hook import SelectHook
from .clock.sleeps import Sleeps
from .clock.what_if import WhatIf
from .coroutines import never_awaited
from .coroutines.awaited_twice import Reused
from .coroutines.contexts import Contexts
from .coroutines.monitor import Monitor
from .coroutines.spans import Spans
from .coroutines.unawaited import Unawaited
from .loops.instrument import Instrument
from .loops.other_libraries import note_other_libraries
from .loops.running import leave
from .program import process_exit, signal_handlers
from .program.exception_groups import exceptions_in
from .program.run import describe
from .records.arguments import MOST_TASKS
from .records.signal_safety import is_recording
from .records.recorder import Recorder
from .records.tasks import note_beginning
from .requests import labels
from .requests.serving import Serving
from .resources.watching import Watching
from .source import scheduled
from .waits.waiting import names
from .watch import deadlines, logs, output
from .watch.interrupt_sampling import InterruptSampler
from .watch.sampling import Sampler
from .watch.stuck import before_cancelling, note_stuck

BaseEventLoop = asyncio.BaseEventLoop


class Session:
    """``write`` takes the trace's bytes; ``halt()`` ends the program after a limit (it may raise, it must not return).
    ``what_if``: waits that take another time than the program says, as ``what_if.Change`` takes them; on the virtual clock.
    ``pid``: of this process, where others are recorded beside it.
    ``detail``: ``full`` follows inner coroutines before Python 3.12 on the real clock too, where every call costs something then."""

    def __init__(self, write, clock, engine, program, argv, limits, halt, cpu_time=None, notes=None, what_if=None, ties='set',
                 show_arguments=True, detail='auto', pid=None):
        self.clock = VirtualClock(cpu_time, ties) if clock == 'virtual' else RealClock()
        self._halt = halt
        self.engine = engine
        self.program = program
        #: The program ended by an interrupt that it did not catch.
        self.interrupted = False
        #: ``__main__``, once the program runs.
        self.module = None
        #: What the host has to undo in a forked child.
        self.also_in_child = lambda: None
        modern = hasattr(sys, 'monitoring')
        self._meta = {
            'python': platform.python_version(), 'implementation': platform.python_implementation(), 'platform': sys.platform,
            'clock': self.clock.kind, 'engine': engine, 'program': program, 'argv': argv,
            'monitoring': 'none', 'spans': 'inner', 'columns': sys.version_info >= (3, 11),
        }
        if pid is not None:
            self._meta['pid'] = pid
        if notes:
            self._meta['notes'] = notes
        if ties == 'reversed':
            self._meta['ties'] = ties
        self._meta['arguments'] = MOST_TASKS if show_arguments else 0
        self.recorder = recorder = Recorder(write, self.clock, self._meta)
        recorder.arguments_left = self._meta['arguments']
        self._interrupted = InterruptSampler(recorder, cpu_time) if engine == 'embedded' else None
        if what_if and self.clock.kind == 'virtual':
            self._meta['whatIf'] = what_if
            recorder.what_if = WhatIf(recorder, what_if)
        names.clear()
        spans, contexts = Spans(recorder), Contexts(recorder)
        recorder.reused = Reused(recorder)
        self.unawaited = Unawaited(recorder)
        if modern:
            self._monitor = Monitor(spans, contexts, recorder.reused, recorder.places.user_files)
            settle = step_profile = before_first = None
        elif self.clock.kind == 'real' and detail != 'full':
            # A profile function is called for every function of the program: a service would run several times slower.
            self._monitor = settle = step_profile = None
            before_first = note_beginning
            recorder.knows_beginnings = True
            self._meta['detail'] = 'tasks'
        else:
            from .coroutines.by_profile import Exits, Profile
            exits = Exits(spans, contexts, recorder)
            self._monitor = Profile(spans, contexts, exits, recorder.places)
            settle, step_profile, before_first = exits.settle, self._monitor.step_profile, None
        self.select_hook = SelectHook(recorder, limits, self.stop)
        self.instrument = Instrument(recorder, self.select_hook, spans, settle, step_profile, before_first)
        self._watching = Watching(recorder)
        #: Undo functions of what the program needs until its end, even if recording fails: its clock and output streams.
        self._surroundings = []
        self._undo = []
        recorder.withdraw = self.withdraw
        recorder.in_child = self.forked

    def start(self):
        self.clock.install()
        began = self.clock.now()
        self._surroundings.append(self.clock.uninstall)
        self._surroundings.append(output.install(self.recorder))
        # Finalizers of the program's objects may still end the process.
        self._surroundings.append(process_exit.watch(self))
        self.instrument.install()
        self._undo.append(self.instrument.uninstall)
        if self.recorder.what_if is not None:
            self._undo.append(self.recorder.what_if.install())
        self._undo.append(signal_handlers.install(self.recorder))
        self._undo.append(logs.install(self.recorder))
        self.recorder.serving = Serving(self.recorder)
        self._undo.append(self._forget_requests)
        labels.use(self.recorder)
        self._watching.install()
        self._undo.append(self._watching.uninstall)
        self._undo.append(deadlines.watch(self.recorder))
        self._undo.append(before_cancelling(self.recorder))
        self._undo.append(self._watch_errors())
        if self._monitor is not None and self._monitor.install():
            self._meta['monitoring'] = self._monitor.name
            self.recorder.knows_beginnings = True
            self._undo.append(self._monitor.uninstall)
        if self.clock.kind == 'virtual':
            sleeps = self.recorder.sleeps = Sleeps(self.recorder)
            self.clock.slept, self.clock.step = sleeps.slept, sleeps.step
            self.clock.before_waiting = Seldom(self.recorder.flush_while_running)
            self._meta['holds'] = 'sleeps'
        sampler = self.recorder.sampler = self._interrupted or Sampler(self.recorder)
        if sampler.start():
            self._meta['holds'] = 'sampled'
            self._undo.append(sampler.stop)
        # Loops that run already have gone on since the first change.
        self.recorder.begin(began if self.instrument.running.left else self.clock.now())

    def start_within(self):
        """Starts, and takes up the loops that run already. Returns how many."""
        self.instrument.running.expect()
        self.start()
        return self.instrument.running.join()

    def looked_at(self, frame):
        """The host of the embedded Python asks where the program stands."""
        try:
            if self.recorder.sampler is not None:
                self.recorder.sampler.look(frame)
        except RecursionError:
            # The program is about to handle it itself.
            pass
        except Exception as error:
            self.recorder.broken(error)

    def stop(self, reason, message, frame=None):
        """Stops the program: records where it is, ends the trace, and runs nothing of the program any more."""
        frame = frame or sys._getframe(1)
        self.clock.stopped_in_wait(frame)
        now = self.clock.now()
        self._cut(frame, now)
        try:
            # A stopped program might have retrieved the errors of its tasks later, but not one that hangs.
            if reason == 'deadlock' or note_stuck(self.recorder, frame, now):
                self.recorder.lost.tell()
        except Exception:
            # The record must not be lost because of an error here.
            pass
        record_stop(self.recorder, reason, message, now)
        self.instrument.finish()
        self.recorder.end(STOPPED)
        self.select_hook.stopped = True
        self._halt()

    def left(self, frame, code, stop=None):
        """The process is about to end or to become another without the program's coming to its end; ``stop``: why and how that is said."""
        now = self.clock.now()
        self._cut(frame, now)
        if stop is not None:
            record_stop(self.recorder, *stop, now)
        else:
            self.recorder.lost.tell()
        self.instrument.finish()
        self.recorder.end(code)

    def is_recording(self, frame):
        """Whether a signal interrupted ``frame`` where the record must not end."""
        return self.recorder.on and is_recording(frame, self.recorder.places.user_files)

    def _cut(self, frame, now):
        """The step that is running and will not end: where it stands, and how it came to run."""
        loop = asyncio._get_running_loop()
        record = getattr(loop, '_coroscope', None)
        if record is None:
            return
        if record.current is not None:
            self.instrument.note_running(record, frame, self.recorder.places.running_site(frame), now)
        else:
            self.instrument.note_callback(record, frame)

    def cut(self, frame):
        """The record ends in ``frame``, in a step that goes on."""
        if self.recorder.on:
            try:
                self._cut(frame, self.clock.now())
            except Exception as error:
                self.recorder.broken(error)

    def note_uncaught(self, error):
        try:
            kind, message, trace, site = describe(self, error)
            held = exceptions_in(self.recorder.places, error)
            self.recorder.error(1, self.clock.now(), kind, message, trace, 0, site, held=held)
        except Exception as failure:
            self.recorder.broken(failure)

    def end(self, code):
        """The program has ended, by itself or not."""
        self.finish()
        self.conclude(code)

    def finish(self):
        """No loop runs any more. What the program prints is still recorded."""
        if self.recorder.on:
            try:
                self.instrument.finish()
                self.recorder.lost.tell()
                self.unawaited.at_end()
                note_other_libraries(self.recorder)
            except Exception as error:
                self.recorder.broken(error)

    def conclude(self, code):
        """Ends the trace."""
        try:
            self.recorder.end(code)
        except Exception as error:
            self.recorder.broken(error)
            self.recorder.end(code)

    def withdraw(self):
        """Removes the recording from a program that continues. Loops keep their clock, and pending handles still run."""
        while self._undo:
            undo = self._undo.pop()
            try:
                undo()
            except Exception:
                # Undo the others all the same.
                pass
        self.select_hook.keep_time()

    def close(self, goes_on=False):
        """``goes_on``: the program does, for longer than to end."""
        self.withdraw()
        self.select_hook.forget_time()
        if self.engine == 'interpreter' and not goes_on:
            # Until the process ends, something may still print through streams that it holds.
            self.clock.uninstall()
            return
        while self._surroundings:
            self._surroundings.pop()()
        leave(loop for loop in (record.loop and record.loop() for record in self.recorder.loops) if loop is not None)

    def forked(self):
        """In a child of the traced process, which is not traced: it runs on the real clock, and writes no trace."""
        self.withdraw()
        self.select_hook.forget_time()
        self.clock.uninstall()
        self.also_in_child()

    def _forget_requests(self):
        labels.use(None)
        serving, self.recorder.serving = self.recorder.serving, None
        serving.uninstall()

    def _watch_errors(self):
        """Never-awaited coroutines and what reaches a loop's exception handler."""
        recorder, never = self.recorder, self.unawaited
        original_handler = BaseEventLoop.call_exception_handler
        original_warn = warnings._warn_unawaited_coroutine

        def call_exception_handler(self, context):
            try:
                note_context(recorder, self, context)
                if 'destroyed' in str(context.get('message')):
                    never.task_destroyed(context.get('task'))
            except Exception as error:
                recorder.broken(error)
            return original_handler(self, context)

        def unawaited(coro):
            try:
                record, task = output.running(recorder)
                # Frame 1 is that of the warning.
                never.gone(coro, record, task, sys._getframe(2))
            except Exception as error:
                recorder.broken(error)

        BaseEventLoop.call_exception_handler = call_exception_handler
        warnings._warn_unawaited_coroutine = never_awaited.noting(unawaited)

        def undo():
            BaseEventLoop.call_exception_handler = original_handler
            warnings._warn_unawaited_coroutine = original_warn

        return undo


class Seldom:
    """Calls a function, but not more than ten times a second of real time."""

    def __init__(self, function):
        self._function = function
        self._next = 0.0

    def __call__(self):
        now = real_time()
        if now >= self._next:
            self._next = now + 0.1
            self._function()


#: Exit code of a program that was stopped at a limit or cancelled.
STOPPED = 124


def note_context(recorder, loop, context):
    from .records.short_repr import shown_error
    from .records.tasks import raised_at
    record = getattr(loop, '_coroscope', None) or recorder.outside
    error = context.get('exception')
    message = str(context.get('message', ''))
    task = getattr(context.get('task') or context.get('future'), '_coroscope', None)
    kind = 3 if 'never retrieved' in message else 2
    name = type(error).__qualname__ if error is not None else 'Error'
    text = message if error is None else f'{message}: {shown_error(error)}'
    site = raised_at(recorder.places, error) if isinstance(error, BaseException) else 0
    handle = context.get('handle')
    if site == 0 and isinstance(handle, asyncio.Handle):
        # Code in C has no frame: then it is told where it was scheduled.
        site = recorder.places.later(scheduled.finder(handle._callback, handle._args or (), recorder.places.user_files))
    recorder.error(kind, recorder.clock.now(), name, text, '', getattr(task, 'id', 0), site, record)
