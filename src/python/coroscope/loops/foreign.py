"""Loops that are not asyncio's own: uvloop, and other classes that implement ``AbstractEventLoop``.

How they wait and use sockets cannot be seen. But tasks and futures schedule themselves with the loop's public methods:
these are replaced on the class, and each call is recorded as a step of a task or a callback, with its time and cause.
"""

import asyncio
import time
from asyncio import events

from ..records.kinds import CALLBACK
from ..records.loop_record import LoopRecord
from ..records.tasks import CALLBACK_CAUSE, CREATED, TIMER, TaskState
from ..source.places import HOT_MODULE, RUN, RUN_FILE
from .hot import CANCELLED, MEASURED_STEP

_real = time.perf_counter


class ForeignRecord(LoopRecord):
    """A type of its own, which the handles of asyncio's own loops ignore."""

    __slots__ = ('at_virtual', 'at_real')


class Scheduled:
    """Wraps a callback for the loop, and otherwise looks like it."""

    __slots__ = ('callback', 'record')

    def __getattr__(self, name):
        return getattr(self.callback, name)

    def __repr__(self):
        return repr(self.callback)


class Foreign:
    def __init__(self, instrument, step_profile, settle, before_first, is_step):
        self._instrument = instrument
        self._recorder = instrument.recorder
        self._clock = instrument.clock
        self._replace = None
        self._is_step = is_step
        self._patched = set()
        self.Step, self.Callback = self._kinds(step_profile, settle, before_first)

    def install(self, replace):
        self._replace = replace
        foreign = self

        def __init_subclass__(cls, **kwargs):
            super(events.AbstractEventLoop, cls).__init_subclass__(**kwargs)
            foreign.meet(cls)

        replace(events.AbstractEventLoop, '__init_subclass__', classmethod(__init_subclass__))
        pending = [events.AbstractEventLoop]
        while pending:
            for cls in pending.pop().__subclasses__():
                self.meet(cls)
                pending.append(cls)

    def meet(self, cls):
        """Replaces the methods of a loop class, unless it is one of asyncio's or inherits replaced methods."""
        if issubclass(cls, asyncio.BaseEventLoop) or any(base in self._patched for base in cls.__mro__):
            return
        try:
            methods = {name: getattr(cls, name) for name in ('call_soon', 'call_soon_threadsafe', 'call_later', 'call_at')}
            abstract = vars(events.AbstractEventLoop)
            if methods['call_soon'] is abstract['call_soon']:
                return
            self._replace(cls, '_coroscope', None)
            self._patched.add(cls)
            for name, make in (('call_soon', self._soon), ('call_soon_threadsafe', self._threadsafe),
                               ('call_later', self._timer), ('call_at', self._timer)):
                if methods[name] is abstract[name]:
                    continue
                replacement = make(methods[name])
                replacement.__name__, replacement.__qualname__ = name, f'{cls.__qualname__}.{name}'
                self._replace(cls, name, replacement)
        except Exception as error:
            self._recorder.broken(error)

    def _attach(self, loop):
        recorder = self._recorder
        with recorder.defining:
            record = loop._coroscope
            if record is None:
                kind = type(loop)
                name = f'{kind.__module__}.{kind.__qualname__}'
                record = recorder.open_loop(loop, ForeignRecord, name)
                record.at_virtual, record.at_real = self._clock.now(), _real()
                loop._coroscope = record
            return record

    # The methods of the loop.

    def _soon(self, original):
        instrument = self._instrument
        attach, is_step, callback_of = self._attach, self._is_step, self._callback
        Step = self.Step
        now = self._clock.now

        def call_soon(self, callback, *args, **kwargs):
            record = self._coroscope or attach(self)
            if isinstance(callback, Scheduled):
                return original(self, callback, *args, **kwargs)
            task = getattr(callback, '__self__', None)
            if task is None or not is_step(callback):
                return original(self, callback_of(record, callback), *args, **kwargs)
            state = getattr(task, '_coroscope', None)
            time = now()
            if type(state) is TaskState:
                origin = waker_of(record, args)
            else:
                state = instrument.adopt(record, task, time)
                if state is None:
                    return original(self, callback, *args, **kwargs)
                origin = state.parent | CREATED << 32
            step = Step()
            step.callback = callback
            step.record = record
            step.state = state
            step.made = time
            step.origin = origin
            step.turn = record.turns
            return original(self, step, *args, **kwargs)

        return call_soon

    def _callback(self, record, callback, cause=None, task=None, job=0):
        made = self.Callback()
        made.callback = callback
        made.record = record
        current = record.current
        made.task = (current.id if current is not None else record.origin_task) if task is None else task
        made.cause = cause or (record.origin if current is None else 0) or CALLBACK_CAUSE
        made.job = job
        return made

    def _threadsafe(self, original):
        attach, callback_of, caller = self._attach, self._callback, self._instrument.jobs.caller

        def call_soon_threadsafe(self, callback, *args, **kwargs):
            record = self._coroscope or attach(self)
            if not isinstance(callback, Scheduled):
                callback = callback_of(record, callback, *caller(self, callback, args))
            return original(self, callback, *args, **kwargs)

        return call_soon_threadsafe

    def _timer(self, original):
        attach, callback_of = self._attach, self._callback

        def call_at(self, when, callback, *args, **kwargs):
            record = self._coroscope or attach(self)
            if not isinstance(callback, Scheduled):
                callback = callback_of(record, callback, TIMER, 0)
            return original(self, when, callback, *args, **kwargs)

        return call_at

    # What runs.

    def _kinds(self, step_profile, settle, before_first):
        clock = self._clock
        now = clock.now
        virtual = clock.kind == 'virtual'
        instrument = self._instrument
        recorder = self._recorder
        begin = self._begin
        after = self._after

        class Step(Scheduled):
            """A step of a task; ``origin``: waker + cause << 32."""

            __slots__ = ('state', 'made', 'origin', 'turn')

            def __call__(self, *args):
                state = self.state
                record = state.record
                callback = self.callback
                task = callback.__self__
                outer = record.current
                record.current = state
                if before_first is not None and state.above is None:
                    before_first(state, task)
                record.started = start = begin(record, True)
                try:
                    return callback(*args)
                finally:
                    end = now()
                    record.current = outer
                    try:
                        stand = instrument.stood(state, task, end)
                        if settle is not None:
                            step_profile.ended()
                            settle(state, task)
                    except Exception as error:
                        stand = 0
                        recorder.broken(error)
                    origin = self.origin | MEASURED_STEP if virtual and clock.measured else self.origin
                    record.step(self.made, start, end, origin, stand, state.id, self.turn)
                    record.group = None
                    after(record)
                    self = task = callback = future = None

        class Callback(Scheduled):
            __slots__ = ('cause', 'task', 'job')

            def __call__(self, *args):
                record = self.record
                callback = self.callback
                before = record.origin, record.origin_task
                record.origin = self.cause
                record.origin_task = self.task
                start = begin(record, False)
                try:
                    return callback(*args)
                finally:
                    end = now()
                    record.origin, record.origin_task = before
                    name = getattr(callback, '__qualname__', None) or type(callback).__name__
                    record.event(CALLBACK, start, self.cause, self.task, recorder.text(name), self.job, until=end)
                    record.turns += 1
                    after(record)
                    self = callback = None

        for kind in (Step, Callback):
            # Frames further out only entered the loop, as with the frames of ``hot``.
            kind.__call__.__code__ = kind.__call__.__code__.replace(co_filename=RUN_FILE, co_name=RUN)
            kind.__call__.__module__ = HOT_MODULE
        self._begin_callback = clock.begin if virtual else now
        self._begin_step = self._begin_callback if step_profile is None else step_profile.beginning(self._begin_callback)
        return Step, Callback

    def _begin(self, record, step):
        if self._clock.kind == 'virtual':
            # Such a loop uses its own clock, which runs in real time.
            self._clock.jump(record.at_virtual + _real() - record.at_real)
        return self._begin_step() if step else self._begin_callback()

    def _after(self, record):
        """Writes after a callback: there is no selector whose wait could be used for that."""
        try:
            if record.turns >= record.next_flush:
                self._recorder.due(record)
                self._instrument.select_hook.check(record)
        except Exception as error:
            self._recorder.broken(error)


def waker_of(record, args):
    cancelled = False
    if args:
        try:
            cancelled = args[0].cancelled()
        except AttributeError:
            pass
    current = record.current
    if current is None:
        return record.origin_task | (CANCELLED if cancelled else (record.origin or CALLBACK_CAUSE) << 32)
    origin = current.id | CANCELLED if cancelled else current.wakes
    # Frame 0 is this, 1 is ``call_soon``.
    return origin | record.recorder.places.caller(3).wakes if args else origin
