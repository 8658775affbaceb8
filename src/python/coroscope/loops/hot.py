"""The hot path: what runs on every task switch. It has to be fast; everything else may be slow.

It records only what cannot be found out later: times, what scheduled what, where the task is suspended.
Columns, lines and names are resolved when the record is written.
"""

import asyncio
import sys
import types
from asyncio import events
from contextvars import copy_context
from threading import get_ident

from ..records import wire
from ..records.kinds import CALLBACK
from ..records.loop_record import EVENT_BYTES, EVENTS_FULL, STEP_BYTES, STEPS_FULL, LoopRecord
from ..records.tasks import BY_TASK, CALLBACK_CAUSE, CANCEL, CREATED, IO, MEASURED, TIMER, TaskState, coroutine_of, finish
from ..waits import chains
from ..waits.chains import Coroutine, FutureIter
from ..waits.waiting import bare_yield, waits_for
from .handles import as_handle, from_threads, handle_error, raw_run, runs

Handle = events.Handle
Generator = types.GeneratorType
Method = types.MethodType
Function = types.FunctionType
#: Types of callbacks whose names can be read without running code of the program.
NAMED = frozenset((Function, types.BuiltinFunctionType, type))
Builtin = types.BuiltinFunctionType
SLEEP = asyncio.sleep.__code__
SLEEP0 = asyncio.tasks.__dict__['__sleep0'].__code__
extract_stack = asyncio.format_helpers.extract_stack
TimerHandle = events.TimerHandle
getframe = sys._getframe
pack_step = wire.STEP.pack_into
pack_event = wire.EVENT.pack_into

CANCELLED = CANCEL << 32
MEASURED_STEP = MEASURED << 32
#: Functions whose names are remembered.
MOST_NAMES = 1000


def make(clock, adopt, is_step, step_types, settle, caller, crossed, broken, step_profile=None, before_first=None):
    """Builds the handle classes and ``call_soon`` for one clock.

    ``adopt(record, task, time)`` makes the state of a task seen for the first time;
    ``is_step(callback)`` tells a task's own step or wake-up from other methods of a task, ``step_types`` are the types
    that only such callbacks have; ``settle(state, task)``, if any, is called after each step, of whose beginnings and
    ends ``step_profile`` is told; ``caller(loop, callback, args)`` gives the cause, task and job for which a callback is scheduled
    from a thread; ``crossed(record, frame)`` is told of a call from a thread that is not the loop's own; ``broken(error)`` takes
    what goes wrong in here; ``before_first(state, task)``, if any, is called before each step until the task is suspended.
    """
    now = clock.now
    step_type = next((each for each in step_types if 'Step' in each.__name__), None)
    virtual = clock.kind == 'virtual'
    loop_to_clock = clock.loop_to_clock()
    begin = clock.begin if virtual else now
    begin_step = begin if step_profile is None else step_profile.beginning(begin)

    class StepHandle(Handle):
        """A task's step, from the moment it was scheduled: ``_made`` (0: when the task's step before ended), ``_origin``
        (waker + cause << 32) and ``_turn``. Once it has run it is kept for one of the task's next steps (``TaskState.spare``):
        tasks do not keep their handles, so that nobody can tell."""

        __slots__ = ('_state', '_made', '_origin', '_turn')

        def __init__(self, callback, args, loop, context, state, made, origin, turn):
            # ``Handle.__init__`` without its calls.
            self._context = context if context is not None else copy_context()
            self._loop = loop
            self._callback = callback
            self._args = args
            self._cancelled = False
            self._repr = None
            self._source_traceback = extract_stack(getframe(2)) if loop._debug else None
            self._state = state
            self._made = made
            self._origin = origin
            self._turn = turn

        def _run(self):
            state = self._state
            record = state.record
            callback = self._callback
            task = callback.__self__
            outer = record.current
            record.current = state
            if before_first is not None and state.above is None:
                before_first(state, task)
            record.started = start = begin_step()
            try:
                self._context.run(callback, *self._args)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                handle_error(self, error)
            finally:
                end = now()
                record.current = outer
                try:
                    future = task._fut_waiter
                    if future is not None or not task.done():
                        stand = where(state, task, future)
                    else:
                        stand = 0
                        finish(state, task, end)
                    if settle is not None:
                        step_profile.ended()
                        settle(state, task)
                    at = record.at
                    pack_step(record.steps, at, self._made, start, end,
                              self._origin | MEASURED_STEP if virtual and clock.measured else self._origin, stand, state.id, self._turn)
                    record.at = at = at + STEP_BYTES
                    record.turns += 1
                    if at == STEPS_FULL:
                        record.roll_steps()
                    if record.group is not None:
                        record.group = None
                    if stand and record.recycles and not self._loop._debug:
                        # Creating a handle costs twice as much as packing its row. Keep it empty, or it would keep the task alive.
                        self._callback = self._args = self._context = self._state = None
                        state.spare = self
                except Exception as error:
                    broken(error)
                # The traceback of an exception refers to this frame: drop its variables, or they live as long as the exception.
                self = task = callback = future = None

    as_handle(StepHandle, Handle)
    step_code = StepHandle._run.__code__

    class CallbackHandle(Handle):
        """A callback scheduled by ``call_soon``, and by whom."""

        __slots__ = ('_origin', '_origin_task')

        def __init__(self, callback, args, loop, context, origin, origin_task):
            # As that of ``StepHandle``; it is made one frame further in.
            self._context = context if context is not None else copy_context()
            self._loop = loop
            self._callback = callback
            self._args = args
            self._cancelled = False
            self._repr = None
            self._source_traceback = extract_stack(getframe(3)) if loop._debug else None
            self._origin = origin
            self._origin_task = origin_task

        def _run(self):
            """As ``run_io``."""
            record = getattr(self._loop, '_coroscope', None)
            if type(record) is not LoopRecord:
                record = None
            else:
                # The number of a signal, in the upper bits, is no cause of a step.
                record.origin = self._origin & 7 or CALLBACK_CAUSE
                record.origin_task = self._origin_task
            callback = self._callback
            start = begin()
            if record is not None:
                record.due = start
            try:
                self._context.run(callback, *self._args)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                handle_error(self, error)
            finally:
                end = now()
                try:
                    if record is not None:
                        record.origin = record.origin_task = 0
                        if type(callback) is Function:
                            name = record.recorder.text(callback.__qualname__)
                        else:
                            name = name_of(record, callback)
                        if name:
                            at = record.events_at
                            pack_event(record.events, at, start, end, CALLBACK, record.turns, self._origin, self._origin_task, name, 0)
                            record.turns += 1
                            record.events_at = at = at + EVENT_BYTES
                            if at == EVENTS_FULL:
                                record.roll_events()
                except Exception as error:
                    broken(error)
                self = callback = None

    as_handle(CallbackHandle, Handle)
    names = {}

    def recorded(handle):
        """The record of a handle's loop; None for a loop that is none of asyncio's own, or one that was never used."""
        record = getattr(handle._loop, '_coroscope', None)
        return record if type(record) is LoopRecord else None

    def opened(record, origin, origin_task, due=None):
        """A callback begins: when."""
        if record is None:
            return 0.0
        # The number of a signal, in the upper bits, is no cause of a step.
        record.origin = origin & 7 or CALLBACK_CAUSE
        record.origin_task = origin_task
        start = begin()
        # What a late timer wakes counts as ready since the timer was due: that is the cost of a blocked loop.
        record.due = start if due is None or due > start else due
        return start

    def closed(record, callback, start, origin, origin_task, job=0):
        if record is None:
            return
        end = now()
        record.origin = record.origin_task = 0
        try:
            name = name_of(record, callback)
            if name:
                record.event(CALLBACK, start, origin, origin_task, name, job, until=end)
                record.turns += 1
        except Exception as error:
            broken(error)

    def name_of(record, callback):
        """Number of a callback's name; 0 for one of the loop's own that is no turn."""
        if type(callback) is Method:
            function = callback.__func__
            name = function.__qualname__ if type(function) is Function else type(function).__name__
            number = names.get(name)
            if number is None:
                if len(names) >= MOST_NAMES:
                    names.clear()
                number = names[name] = record.recorder.text(name) if name != 'BaseSelectorEventLoop._read_from_self' else 0
            return number
        if is_step(callback):
            # A step that was scheduled before the recording began, of a loop that ran already.
            return 0
        return record.recorder.text(callback.__qualname__ if type(callback) in NAMED else type(callback).__name__)

    @runs
    def run_timer(self):
        record = recorded(self)
        start = opened(record, TIMER, 0, clock.due(self, loop_to_clock))
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            handle_error(self, error)
        finally:
            closed(record, self._callback, start, TIMER, 0)
            self = None

    @runs
    def run_io(self):
        """Like the others, with their calls inlined."""
        record = getattr(self._loop, '_coroscope', None)
        if type(record) is not LoopRecord:
            record = None
        else:
            record.origin = IO
        callback = self._callback
        start = begin()
        try:
            self._context.run(callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            handle_error(self, error)
        finally:
            end = now()
            try:
                if record is not None:
                    record.origin = 0
                    name = name_of(record, callback)
                    if name:
                        at = record.events_at
                        pack_event(record.events, at, start, end, CALLBACK, record.turns, IO, 0, name, 0)
                        record.turns += 1
                        record.events_at = at = at + EVENT_BYTES
                        if at == EVENTS_FULL:
                            record.roll_events()
            except Exception as error:
                broken(error)
            self = callback = None

    def runner(caused):
        """A ``_run`` for callbacks of which ``caused(handle)`` gives the cause, the task and the job that they belong to."""
        @runs
        def run_caused(self):
            record = recorded(self)
            origin, task, job = caused(self)
            start = opened(record, origin, task)
            try:
                self._context.run(self._callback, *self._args)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                handle_error(self, error)
            finally:
                closed(record, self._callback, start, origin, task, job)
                self = None

        return run_caused

    def where(state, task, future):
        """Where a suspended task stands and what it waits for, as ``site + wait << 32``. ``future`` is None for a bare yield.

        The upper part of the chain is cached: as long as the last cached coroutine lives, those above it have not moved.
        What it awaits is cached too once it is seen a second time: most of it (``queue.get()``) lives for one suspension only.
        """
        coro = state.coro
        if coro is None:
            coro = state.root(task)
            if coro is None:
                return uncached(state, task, future)
        frame = coro.cr_frame
        while frame is None:
            coro = state.outer()
            if coro is None:
                return uncached(state, task, future)
            frame = coro.cr_frame
        site = state.places[frame.f_lasti]
        awaited = coro.cr_await
        leaf = coro
        if type(awaited) is Coroutine:
            leaf = awaited
            code = leaf.cr_code
            if future is None and code is SLEEP and site.sleeps:
                # Only ``sleep(0)`` yields without a future: one known place.
                return site.sleeps
            above = site
            below = site.last_places
            if site.last_code is not code:
                below = state.record.recorder.places.below(site, code, leaf.__qualname__)
            awaited = leaf.cr_await
            if type(awaited) is Coroutine:
                mark = id(leaf)
                keep = False
                if state.seen != mark:
                    state.seen = mark
                elif state.wary:
                    # Where a coroutine was, the next one often comes to be.
                    state.wary -= 1
                else:
                    keep = True
                while type(awaited) is Coroutine:
                    site = below.only or below[leaf.cr_frame.f_lasti]
                    if keep:
                        state.inner(leaf, below)
                    leaf = awaited
                    code = leaf.cr_code
                    below = site.last_places
                    if site.last_code is not code:
                        below = state.record.recorder.places.below(site, code, leaf.__qualname__)
                    awaited = leaf.cr_await
            site = below.only or below[leaf.cr_frame.f_lasti]
            if future is None and code is SLEEP:
                site, _ = chains.deepen(state.record.recorder.places, site, awaited)
                stand = site.yields or bare_yield(state, site)
                if above.last_code is SLEEP:
                    above.sleeps = stand
                return stand
        kind = type(awaited)
        if kind is not FutureIter and awaited is not None:
            frame = leaf.cr_frame
            site, inner = chains.deepen(state.record.recorder.places, site, awaited)
            if inner is not None:
                return waits_for(state, site, inner, future) if future is not None else site.yields or bare_yield(state, site)
        if future is None:
            return site.yields or bare_yield(state, site)
        fixed = site.fixed
        if fixed:
            return fixed
        waits = state.waits
        if waits is not None:
            known = waits.get(site)
            if known is not None:
                # The same thing as before, if the future is the last of its waiters.
                try:
                    thing, waiters, stand = known
                    found = waiters(thing())
                    if found is future or found[-1] is future:
                        return stand
                except (AttributeError, LookupError, TypeError):
                    pass
        return waits_for(state, site, leaf.cr_frame, future)

    def uncached(state, task, future):
        places = state.record.recorder.places
        site, frame = chains.deepen(places, places.root, coroutine_of(task))
        if future is None:
            return site.yields or bare_yield(state, site)
        return waits_for(state, site, frame, future)

    def call_soon(self, callback, *args, context=None):
        if self._closed:
            self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_soon')
        try:
            record = self._coroscope
            if record is None:
                record = attach(self)
            # Do not read attributes of the program's own objects: that could run their code.
            kind = type(callback)
            if kind is not step_type and (kind is not Builtin or callback.__name__ != 'task_wakeup') and not is_step(callback):
                return plain(self, record, callback, args, context)
            task = callback.__self__
            state = getattr(task, '_coroscope', None)
            if type(state) is TaskState:
                current = record.current
                if current is state and kind is step_type and not args:
                    # A bare yield: it is ready again as soon as its step has ended.
                    time = 0.0
                    origin = state.wakes
                else:
                    time = now()
                    cancelled = False
                    if args:
                        # A task is woken with the future it waited for; or stepped with an exception, after a bad yield.
                        try:
                            cancelled = args[0].cancelled()
                        except Exception:
                            pass
                    if current is not None:
                        origin = current.id | CANCELLED if cancelled else current.wakes
                        if args:
                            origin |= record.recorder.places.caller(2).wakes
                    else:
                        cause = record.origin
                        if cause == TIMER:
                            time = record.due
                        elif not cause:
                            cause = CALLBACK_CAUSE
                            # Nothing of the loop's runs: it has not begun, or this is another thread.
                            if self._thread_id is not None and self._thread_id != get_ident():
                                crossed(record, getframe(1))
                        origin = record.origin_task | (CANCELLED if cancelled else cause << 32)
                handle = state.spare
                if handle is not None and context is not None and not self._debug:
                    state.spare = None
                    handle._callback = callback
                    handle._args = args
                    handle._context = context
                    handle._state = state
                    handle._made = time
                    handle._origin = origin
                    handle._turn = record.turns
                    self._ready.append(handle)
                    return handle
            else:
                time = now()
                state = adopt(record, task, time)
                if state is None:
                    return plain(self, record, callback, args, context)
                if self._thread_id is not None and self._thread_id != get_ident():
                    crossed(record, getframe(1))
                # An eager task that continues after its first step has scheduled itself.
                origin = state.wakes if record.current is state else state.parent | CREATED << 32
            handle = StepHandle(callback, args, self, context, state, time, origin, record.turns)
        except Exception as error:
            broken(error)
            handle = Handle(callback, args, self, context)
            if handle._source_traceback:
                del handle._source_traceback[-1]
        self._ready.append(handle)
        return handle

    def plain(self, record, callback, args, context):
        if self._thread_id is not None and self._thread_id != get_ident():
            crossed(record, getframe(2))
        current = record.current
        if current is not None:
            handle = CallbackHandle(callback, args, self, context, CALLBACK_CAUSE, current.id)
        else:
            handle = CallbackHandle(callback, args, self, context, record.origin or CALLBACK_CAUSE, record.origin_task)
        self._ready.append(handle)
        return handle

    ThreadHandle, call_soon_threadsafe = from_threads(runner, lambda loop: attach(loop), caller, broken)

    def uninstall():
        """Handles that were made already run as they would without us."""
        for handle in (StepHandle, CallbackHandle):
            handle._run = raw_run
        ThreadHandle._run = ThreadHandle.__base__._run

    attach = None

    def use(function):
        nonlocal attach
        attach = function

    return StepHandle, step_code, call_soon, call_soon_threadsafe, run_timer, run_io, runner, where, use, uninstall, closed
