"""The hot path: what runs on every switch. Everything else may be slow; this may not.

Only what cannot be found out later is taken down here: times, who scheduled whom, where the task stands.
Columns, lines and names are resolved when the record is written.
"""

import asyncio
import sys
import types
from asyncio import events
from contextvars import copy_context

from . import chains
from .chains import Coroutine, FutureIter
from .recorder import CALLBACK, LoopRecord
from .tasks import BY_TASK, CALLBACK_CAUSE, CANCEL, CREATED, IO, MEASURED, SITE_SHIFT, THREAD, TIMER, TaskState, finish
from .waiting import bare_yield, waits_for

Handle = events.Handle
Generator = types.GeneratorType
SLEEP = asyncio.sleep.__code__
SLEEP0 = asyncio.tasks.__dict__['__sleep0'].__code__
extract_stack = asyncio.format_helpers.extract_stack
TimerHandle = events.TimerHandle
getframe = sys._getframe
raw_run = Handle._run


def is_cancelled(woken_by):
    """A task is woken with the future it waited for; or stepped with an exception, after a bad yield."""
    try:
        return woken_by.cancelled()
    except AttributeError:
        return False


def handle_error(handle, error):
    """An exception out of a callback, as ``Handle._run`` treats it."""
    loop = handle._loop
    source = asyncio.format_helpers._format_callback_source(handle._callback, handle._args)
    context = {'message': f'Exception in callback {source}', 'exception': error, 'handle': handle}
    if handle._source_traceback:
        context['source_traceback'] = handle._source_traceback
    loop.call_exception_handler(context)


def make(clock, adopt, is_step, step_types, settle, caller, in_steps=None):
    """Builds the handle classes and ``call_soon`` for one clock.

    ``adopt(record, task, frame, time)`` makes the state of a task seen for the first time;
    ``is_step(callback)`` tells a task's own step or wake-up from other methods of a task, ``step_types`` are the types
    that only such callbacks have; ``settle(state, task)``, if any, is called after each step, of whose beginnings and
    ends ``in_steps`` is told; ``caller(loop, callback, args)`` gives the cause, task and job for which a callback is scheduled
    from a thread.
    """
    now = clock.now
    step_type = next((each for each in step_types if 'Step' in each.__name__), None)
    virtual = clock.kind == 'virtual'
    loop_to_clock = clock.loop_to_clock()
    begin = clock.begin if virtual else now
    begin_step = begin if in_steps is None else in_steps.beginning(begin)

    class StepHandle(Handle):
        """A task's step, from the moment it was scheduled."""

        __slots__ = ('_state', '_wake')

        def __init__(self, callback, args, loop, context, state, wake):
            # ``Handle.__init__`` without its calls.
            self._context = context if context is not None else copy_context()
            self._loop = loop
            self._callback = callback
            self._args = args
            self._cancelled = False
            self._repr = None
            self._source_traceback = extract_stack(getframe(2)) if loop._debug else None
            self._state = state
            self._wake = wake

        def _run(self):
            state = self._state
            record = state.record
            callback = self._callback
            task = callback.__self__
            outer = record.current
            record.current = state
            state.started = start = begin_step()
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
                    if future is not None:
                        site, wait = where(state, task, future)
                    elif task.done():
                        site = wait = 0
                        finish(state, task, end)
                    else:
                        site, wait = yielded(state, task)
                    if settle is not None:
                        in_steps.ended()
                        settle(state, task)
                except Exception as error:
                    site = wait = 0
                    record.recorder.broken(error)
                steps = record.steps
                steps += self._wake
                steps += (start, end, state.id, site, wait)
                record.turns += 1
                if virtual and clock.measured:
                    steps[-7] |= MEASURED
                # An exception's traceback leads to this frame: what it held would live as long as the exception.
                self = task = callback = future = None

    StepHandle.__name__ = StepHandle.__qualname__ = 'Handle'
    step_code = StepHandle._run.__code__

    class CallbackHandle(Handle):
        """A callback scheduled by ``call_soon``, and by whom."""

        __slots__ = ('_origin', '_origin_task')

        def _run(self):
            run_callback(self, self._origin, self._origin_task)
            self = None

    CallbackHandle.__name__ = CallbackHandle.__qualname__ = 'Handle'

    def run_callback(handle, origin, origin_task, due=None, job=0):
        record = getattr(handle._loop, '_coroscope', None)
        if type(record) is not LoopRecord:
            # A loop that is none of asyncio's own, or one that was never used.
            raw_run(handle)
            return
        callback = handle._callback
        record.origin = origin
        record.origin_task = origin_task
        start = begin()
        # What a late timer wakes has been ready since the timer was due: that is what a blocked loop costs.
        record.due = start if due is None or due > start else due
        try:
            raw_run(handle)
        finally:
            end = now()
            record.origin = record.origin_task = 0
            name = getattr(callback, '__qualname__', None) or type(callback).__name__
            if name != 'BaseSelectorEventLoop._read_from_self':
                record.event(CALLBACK, start, origin, origin_task, record.recorder.text(name), job, until=end)
                record.turns += 1
            handle = callback = None

    def run_timer(self):
        run_callback(self, TIMER, 0, self._when + loop_to_clock)
        self = None

    def run_io(self):
        run_callback(self, IO, 0)
        self = None

    def yielded(state, task):
        """As ``where``, for a task that waits for nothing. In ``asyncio.sleep`` that can only be ``sleep(0)``: one known place."""
        coros = state.coros
        if coros:
            coro = coros[-1]
            frame = coro.cr_frame
            if frame is not None:
                site = state.places[-1][frame.f_lasti]
                leaf = coro.cr_await
                if type(leaf) is Coroutine and leaf.cr_code is SLEEP:
                    known = site.yields
                    if known is None:
                        known = site.yields = where(state, task, None)
                    return known
        return where(state, task, None)

    def where(state, task, future):
        """(site, wait) of a task that is suspended: the innermost place of its chain, and what it waits for.

        All but the innermost coroutine are cached: as long as the last cached one lives, those above it have not moved.
        """
        coros = state.coros
        if not coros:
            coros = state.root(task)
            if coros is None:
                return uncached(state, task, future)
        coro = coros[-1]
        frame = coro.cr_frame
        while frame is None:
            coros.pop()
            state.places.pop()
            if not coros:
                return uncached(state, task, future)
            coro = coros[-1]
            frame = coro.cr_frame
        site = state.places[-1][frame.f_lasti]
        leaf = coro.cr_await
        if type(leaf) is Coroutine:
            code = leaf.cr_code
            below = site.last_places
            if site.last_code is not code:
                below = state.record.recorder.places.below(site, code, leaf.__qualname__)
            frame = leaf.cr_frame
            site = below[frame.f_lasti]
            awaited = leaf.cr_await
            while type(awaited) is Coroutine:
                coros.append(leaf)
                state.places.append(below)
                leaf = awaited
                code = leaf.cr_code
                below = site.last_places
                if site.last_code is not code:
                    below = state.record.recorder.places.below(site, code, leaf.__qualname__)
                frame = leaf.cr_frame
                site = below[frame.f_lasti]
                awaited = leaf.cr_await
        else:
            awaited = leaf
        kind = type(awaited)
        if kind is not FutureIter and awaited is not None:
            if kind is Generator and awaited.gi_code is SLEEP0:
                return site.id, site.waits or bare_yield(state, site)
            site, inner = chains.deepen(state.record.recorder.places, site, awaited)
            frame = inner or frame
        return site.id, waits_for(state, site, frame, future)

    def uncached(state, task, future):
        places = state.record.recorder.places
        site, frame = chains.deepen(places, places.root, task.get_coro())
        return site.id, waits_for(state, site, frame, future)

    def call_soon(self, callback, *args, context=None):
        record = self._coroscope
        if record is None:
            record = attach(self)
        if self._closed:
            self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_soon')
        task = getattr(callback, '__self__', None)
        state = getattr(task, '_coroscope', None)
        if type(state) is TaskState:
            if type(callback) is not step_type and not is_step(callback):
                return plain(self, record, callback, args, context)
            time = now()
            current = record.current
            if current is not None:
                waker = current.id
                if args:
                    cause = CANCEL if is_cancelled(args[0]) else BY_TASK
                    frame = getframe(1)
                    if frame.f_code is not step_code:
                        try:
                            cause |= record.recorder.places.running_site(frame) << SITE_SHIFT
                        except Exception as error:
                            record.recorder.broken(error)
                else:
                    cause = BY_TASK
            else:
                waker = record.origin_task
                cause = record.origin or CALLBACK_CAUSE
                if cause == TIMER:
                    time = record.due
                if args and is_cancelled(args[0]):
                    cause = CANCEL
        elif task is not None and is_step(callback):
            time = now()
            state = adopt(record, task, getframe(1), time)
            if state is None:
                return plain(self, record, callback, args, context)
            if record.current is state:
                # An eager task that goes on after its first step has scheduled itself.
                waker = state.id
                cause = BY_TASK
            else:
                waker = state.parent
                cause = CREATED
        else:
            return plain(self, record, callback, args, context)
        handle = StepHandle(callback, args, self, context, state, (time, waker, cause, record.turns))
        self._ready.append(handle)
        return handle

    def plain(self, record, callback, args, context):
        handle = CallbackHandle(callback, args, self, context)
        current = record.current
        if current is not None:
            handle._origin = CALLBACK_CAUSE
            handle._origin_task = current.id
        else:
            handle._origin = record.origin or CALLBACK_CAUSE
            handle._origin_task = record.origin_task
        if handle._source_traceback:
            del handle._source_traceback[-2:]
        self._ready.append(handle)
        return handle

    thread_handle = getattr(events, '_ThreadSafeHandle', Handle)

    class ThreadHandle(thread_handle):
        """A callback scheduled from another thread, and for whom."""

        __slots__ = ('_caller',)

        def _run(self):
            origin, task, job = self._caller
            run_callback(self, origin, task, job=job)
            self = None

    ThreadHandle.__name__ = ThreadHandle.__qualname__ = thread_handle.__name__

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        handle = ThreadHandle(callback, args, self, context)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        if self._coroscope is None:
            attach(self)
        handle._caller = caller(self, callback, args)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    attach = None

    def use(function):
        nonlocal attach
        attach = function

    return StepHandle, step_code, call_soon, call_soon_threadsafe, run_timer, run_io, where, use
