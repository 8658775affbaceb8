"""The hot path: what runs on every switch. Everything else may be slow; this may not.

Only what cannot be found out later is taken down here: times, who scheduled whom, where the task stands.
Columns, lines and names are resolved when the record is written.
"""

import sys
from asyncio import events

from . import chains
from .chains import Coroutine, FutureIter
from .recorder import CALLBACK
from .tasks import BY_TASK, CALLBACK_CAUSE, CANCEL, CREATED, IO, MEASURED, SITE_SHIFT, THREAD, TIMER, TaskState, finish
from .waiting import YIELD, waits_for

Handle = events.Handle
TimerHandle = events.TimerHandle
getframe = sys._getframe
raw_run = Handle._run


def make(clock, adopt, is_step, step_types, settle):
    """Builds the handle classes and ``call_soon`` for one clock.

    ``adopt(record, task, frame, time)`` makes the state of a task seen for the first time;
    ``is_step(callback)`` tells a task's own step or wake-up from other methods of a task, ``step_types`` are the types
    that only such callbacks have; ``settle(state, task)``, if any, is called after each step.
    """
    now = clock.now
    virtual = clock.kind == 'virtual'
    begin = clock.begin if virtual else now

    class StepHandle(Handle):
        """A task's step, from the moment it was scheduled."""

        __slots__ = ('_state', '_wake')

        def _run(self):
            state = self._state
            record = state.record
            callback = self._callback
            task = callback.__self__
            outer = record.current
            record.current = state
            state.started = start = begin()
            try:
                raw_run(self)
            finally:
                end = now()
                record.current = outer
                try:
                    future = task._fut_waiter
                    if future is None and task.done():
                        site = wait = 0
                        finish(state, task, end)
                    else:
                        site, wait = where(state, task, future)
                    if settle is not None:
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

    StepHandle.__name__ = StepHandle.__qualname__ = 'Handle'
    step_code = StepHandle._run.__code__

    class CallbackHandle(Handle):
        """A callback scheduled by ``call_soon``, and by whom."""

        __slots__ = ('_origin', '_origin_task')

        def _run(self):
            run_callback(self, self._origin, self._origin_task)

    CallbackHandle.__name__ = CallbackHandle.__qualname__ = 'Handle'

    def run_callback(handle, origin, origin_task):
        record = handle._loop._coroscope
        callback = handle._callback
        if record is None:
            raw_run(handle)
            return
        record.origin = origin
        record.origin_task = origin_task
        start = begin()
        try:
            raw_run(handle)
        finally:
            end = now()
            record.origin = record.origin_task = 0
            name = getattr(callback, '__qualname__', None) or type(callback).__name__
            if name != 'BaseSelectorEventLoop._read_from_self':
                record.event(CALLBACK, start, origin, origin_task, record.recorder.text(name), until=end)
                record.turns += 1

    def run_timer(self):
        run_callback(self, TIMER, 0)

    def run_io(self):
        run_callback(self, IO, 0)

    def where(state, task, future):
        """(site, wait) of a task that is suspended: the innermost place of its chain, and what it waits for."""
        coros = state.coros
        places = state.places
        if not coros:
            return uncached(state, task, future)
        coro = coros[-1]
        frame = coro.cr_frame
        while frame is None:
            # This coroutine has ended; those above it have not moved unless they are the new last.
            coros.pop()
            places.pop()
            if not coros:
                return uncached(state, task, future)
            coro = coros[-1]
            frame = coro.cr_frame
        site = places[-1][frame.f_lasti]
        awaited = coro.cr_await
        while type(awaited) is Coroutine:
            code = awaited.cr_code
            below = site.last_places
            if site.last_code is not code:
                below = state.record.recorder.places.below(site, code, awaited.__qualname__)
            frame = awaited.cr_frame
            if frame is None:
                break
            site = below[frame.f_lasti]
            coros.append(awaited)
            places.append(below)
            coro = awaited
            awaited = coro.cr_await
        if future is None and site.waiting is YIELD:
            return site.id, site.waits
        if awaited is not None and type(awaited) is not FutureIter:
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
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, 'call_soon')
        task = getattr(callback, '__self__', None)
        state = getattr(task, '_coroscope', None)
        if type(state) is TaskState:
            if type(callback) not in step_types and not is_step(callback):
                return plain(self, record, callback, args, context)
            time = now()
            current = record.current
            if current is not None:
                waker = current.id
                if args:
                    cause = CANCEL if args[0].cancelled() else BY_TASK
                    frame = getframe(1)
                    if frame.f_code is not step_code and frame.f_code is not raw_code:
                        cause |= state.record.recorder.places.running_site(frame, step_code) << SITE_SHIFT
                else:
                    cause = BY_TASK
            else:
                waker = record.origin_task
                cause = record.origin or CALLBACK_CAUSE
                if args and args[0].cancelled():
                    cause = CANCEL
        elif task is not None and is_step(callback):
            time = now()
            state = adopt(record, task, getframe(1), time)
            if state is None:
                return plain(self, record, callback, args, context)
            waker = state.parent
            cause = CREATED
        else:
            return plain(self, record, callback, args, context)
        handle = StepHandle(callback, args, self, context)
        handle._state = state
        handle._wake = (time, waker, cause, record.turns)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        self._ready.append(handle)
        return handle

    raw_code = raw_run.__code__

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
        """A callback scheduled from another thread."""

        __slots__ = ()

        def _run(self):
            run_callback(self, THREAD, 0)

    ThreadHandle.__name__ = ThreadHandle.__qualname__ = thread_handle.__name__

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        handle = ThreadHandle(callback, args, self, context)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        self._ready.append(handle)
        self._write_to_self()
        return handle

    attach = None

    def use(function):
        nonlocal attach
        attach = function

    return StepHandle, call_soon, call_soon_threadsafe, run_timer, run_io, where, use
