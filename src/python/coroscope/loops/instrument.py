"""Installs the recording in asyncio's loop classes, and removes it again.

The methods of ``BaseEventLoop`` itself are replaced, instead of providing a subclass: so every loop is recorded, whatever policy, factory or
constructor created it, and ``type(loop)`` and ``repr(loop)`` do not change.
"""

import asyncio
import sys
import types
from asyncio import base_events, events

from ..records.kinds import CUT, NAME, WOKEN
from ..records.loop_record import LoopRecord
from ..records.tasks import bind, coroutine_of, finish, new_state, task_name
from ..source.places import HOT_MODULE
from ..watch.jobs import Jobs
from ..watch.processes import note_processes
from . import hot, signals
from .wrong_thread import WrongThread
from .eager import Eager
from .foreign import Foreign
from .running import Running

BaseEventLoop = base_events.BaseEventLoop

HOT = vars(hot)
_STEP_NAMES = ('task_wakeup', '__step', '__wakeup')


class _Looks:
    """A loop that only observes what a task schedules on it."""

    def __init__(self):
        self.seen = []

    def get_debug(self):
        return False

    def call_soon(self, callback, *args, context=None):
        self.seen.append(callback)


def step_types():
    """The types of callback that only a task's steps and wake-ups have, found by running a task through both."""
    loop = _Looks()
    future = asyncio.Future(loop=loop)

    async def waits():
        await future

    # Named, or the program's own first task would be Task-2.
    task = asyncio.Task(waits(), loop=loop, name='probe')
    running = events._get_running_loop()
    # A thread runs one task at a time: where the recording begins in one, it is set aside.
    swap = getattr(asyncio.tasks, '_swap_current_task', None) if running is not None else None
    current = swap(running, None) if swap else None
    events._set_running_loop(loop)
    try:
        loop.seen[0]()
        woken = future._callbacks[0][0]
        future.set_result(None)
        woken(future)
    finally:
        events._set_running_loop(running)
        if current is not None:
            swap(running, current)
    kinds = {type(callback) for callback in (*loop.seen, woken)}
    assert task.done()
    return frozenset(kinds - {types.MethodType, types.BuiltinFunctionType})


class Making:
    """A gather at work, until the step ends in which it was called: ``frame`` holds its arguments."""

    __slots__ = ('frame', 'depth', 'site', 'group')

    def __init__(self, frame, depth, site, group):
        self.frame = frame
        self.depth = depth
        self.site = site
        self.group = group


class Instrument:
    """All changes to asyncio while a program is traced. ``uninstall`` undoes ``install``."""

    def __init__(self, recorder, select_hook, spans, settle, step_profile, before_first):
        self.recorder = recorder
        self.clock = recorder.clock
        self.select_hook = select_hook
        self._step_profile = step_profile
        self.eager = Eager(self)
        self.jobs = Jobs(recorder)
        self._originals = []
        kinds = step_types()

        def is_step(callback):
            kind = type(callback)
            if kind is types.MethodType:
                callback = callback.__func__
                kind = type(callback)
                return (kind is types.FunctionType or kind is types.BuiltinFunctionType) and callback.__name__ in _STEP_NAMES
            return kind in kinds or (kind is types.BuiltinFunctionType and callback.__name__ in _STEP_NAMES)

        self.is_step = is_step
        made = hot.make(self.clock, self.adopt, is_step, kinds, settle, self.jobs.caller, WrongThread(recorder).note, recorder.broken, step_profile, before_first)
        self.StepHandle, spans.limit, self._call_soon, self._threadsafe, self._run_timer, self._run_io, self._runner, self.where, use, self._withdraw, self._closed = made
        self._step_code = spans.limit
        use(self.attach)
        self.running = Running(self)
        self._foreign = Foreign(self, step_profile, settle, before_first, is_step)

    def install(self):
        self._replace(BaseEventLoop, '_coroscope', None)
        self._replace(BaseEventLoop, 'call_soon', self._call_soon)
        self._replace(BaseEventLoop, 'call_soon_threadsafe', self._threadsafe)
        self._replace(events.TimerHandle, '_run', self._run_timer)
        self._replace(events.Handle, '_run', self._run_io)
        for function in (self._run_timer, self._run_io):
            # ``places.caller`` knows by it that the loop is reached.
            function.__module__ = HOT_MODULE
        self._replace(BaseEventLoop, 'close', self._close(BaseEventLoop.close))
        self.eager.install(self._replace)
        self.jobs.install(self._replace)
        signals.install(self._replace, self._runner)
        self._foreign.install(self._replace)

    def _close(self, original):
        recorder = self.recorder

        def close(self):
            original(self)
            record = getattr(self, '_coroscope', None)
            if type(record) is LoopRecord and record.thread is not None:
                try:
                    recorder.close_loop(record)
                except Exception as error:
                    recorder.broken(error)

        return close

    def uninstall(self):
        for owner, name, had, original in reversed(self._originals):
            if had:
                setattr(owner, name, original)
            else:
                delattr(owner, name)
        self._originals.clear()
        self._withdraw()

    def _replace(self, owner, name, value):
        had = name in vars(owner)
        original = vars(owner).get(name)
        self._originals.append((owner, name, had, original))
        if isinstance(original, types.FunctionType):
            # They are seen: in reprs of handles, in documentation.
            for each in ('__module__', '__name__', '__qualname__', '__doc__'):
                setattr(value, each, getattr(original, each))
        setattr(owner, name, value)

    def attach(self, loop):
        """Starts the record of a loop when it is first used."""
        with self.recorder.defining:
            record = loop._coroscope
            if record is not None:
                return record
            try:
                record = loop._coroscope = self.recorder.open_loop(loop)
                record.recycles = getattr(type(loop), 'call_soon', None) is self._call_soon
            except Exception as error:
                self.recorder.broken(error)
                # The loop uses the clock all the same.
                record = self.recorder.outside
            selector = getattr(loop, '_selector', None)
            if selector is not None:
                selector.select = self.select_hook.wrap(loop, record, selector.select)
            return record

    def adopt(self, record, task, time):
        """State of a task that is scheduled for the first time, by whoever called the caller of this; None if it cannot be traced."""
        paused = self._step_profile is not None and self._step_profile.pause()
        try:
            if type(task) is not asyncio.Task and not asyncio.isfuture(task):
                return None
            coro = coroutine_of(task)
            if self.eager.at_work:
                pending = self.eager.pending(coro)
                if pending is not None:
                    return self.eager.scheduled(pending, task, coro)
            if self.running.was_before(task):
                return self.running.known(record, task)
            state = new_state(record)
            if record.recorder.what_if is not None:
                record.recorder.what_if.made(state, coro, sys._getframe(1))
            site, group = self.made_at(record)
            bind(state, task, coro, site, group, time)
            return state
        except Exception as error:
            record.recorder.broken(error)
            return None
        finally:
            if paused:
                self._step_profile.resume()

    def made_at(self, record):
        """(site, group) of a task that is being made: frame 0 is this, 1 is ``adopt``, 2 is ``call_soon``."""
        making = record.group
        if making is not None:
            try:
                # A gather makes all its tasks in one frame.
                if sys._getframe(making.depth) is making.frame:
                    return making.site, making.group
            except ValueError:
                pass
        site = record.recorder.places.caller(4).id
        return site, self.group_of(record, sys._getframe(3), site, 3)

    def group_of(self, record, frame, site, depth):
        """Number of the ``TaskGroup`` or ``gather`` that makes a task, 0 if none does. ``depth``: of the frame, seen from the caller."""
        user_files = record.recorder.places.user_files
        for outward in range(12):
            if frame is None:
                return 0
            code = frame.f_code
            name = code.co_name
            if name == 'create_task' and code.co_filename.endswith('taskgroups.py'):
                return self._task_group(frame.f_locals.get('self'))
            if name == 'gather' and code.co_filename.endswith('tasks.py'):
                making = record.group
                if making is None or making.frame is not frame:
                    making = record.group = Making(frame, depth + outward, site, self._new_group('gather'))
                return making.group
            if user_files[code.co_filename]:
                return 0
            frame = frame.f_back
        return 0

    def _task_group(self, group):
        number = getattr(group, '_coroscope', 0)
        if not number:
            number = group._coroscope = self._new_group('TaskGroup')
        return number

    def _new_group(self, kind):
        self.recorder.last_group += 1
        self.recorder.define('group', self.recorder.last_group, kind)
        return self.recorder.last_group

    def stood(self, state, task, end):
        """Where a task stands after a step that ended at ``end``, as ``where`` gives it; 0, and how it ended is recorded, if it is done.

        The hot path has this in its own words, without the call.
        """
        future = task._fut_waiter
        if future is None and task.done():
            finish(state, task, end)
            return 0
        return self.where(state, task, future)

    def note_running(self, record, frame, site, now):
        """Records a step that has not ended: that of the task whose code runs in ``frame``, which stands at ``site``, and, around
        the first step of an eager task, that of the task which made it."""
        current = record.current
        step = self.running_step(frame, now)
        # At the very beginning of the virtual clock a step starts at 0.
        started = record.started or (step[1] if step is not None and step[0]._state is current else now)
        if step is not None and step[1] == now:
            started = now
        record.event(CUT, started, current.id, site, until=now)
        if step is None:
            return
        handle, start = step
        state = handle._state
        if state is None:
            return
        origin = handle._origin
        record.event(WOKEN, handle._made, state.id, origin & 0xFFFFFFFF, origin >> 32, turn=handle._turn)
        if state is not current:
            record.event(CUT, start, state.id, site, until=now)

    def note_callback(self, record, frame):
        """Records a callback that has not ended, in whose code ``frame`` runs."""
        while frame is not None:
            names = frame.f_locals if frame.f_globals is HOT and frame.f_code.co_name == '_run' else {}
            if 'start' in names and names.get('self') is not None:
                self._closed(record, names['self']._callback, names['start'], record.origin, record.origin_task, names.get('job', 0))
                return
            frame = frame.f_back

    def running_step(self, frame, now):
        """(handle, when it began) of the step of a task that runs in ``frame``, or None. ``now``: for one that is about to begin."""
        while frame is not None:
            if frame.f_code is self._step_code:
                names = frame.f_locals
                return names['self'], names.get('start', now)
            frame = frame.f_back
        return None

    def finish(self):
        """Records what is left at the end: tasks that were scheduled and never ran again, and names that were given late."""
        self.select_hook.finish()
        if not self.recorder.loops:
            # A program that runs a loop has something to show all the same.
            note_processes(self.recorder)
        if self.recorder.serving is not None:
            self.recorder.serving.finish()
        for record in self.recorder.loops:
            loop = record.loop() if record.loop else None
            if loop is not None:
                note_names(record, asyncio.all_tasks(loop))
            for handle in list(getattr(loop, '_ready', ()) or ()):
                if type(handle) is self.StepHandle and not handle._cancelled:
                    origin = handle._origin
                    record.event(WOKEN, handle._made, handle._state.id, origin & 0xFFFFFFFF, origin >> 32, turn=handle._turn)


def note_names(record, tasks):
    """Until 3.12 asyncio names a task after creating it. Tasks that are done have their names already."""
    states = [(task._coroscope, task) for task in tasks if getattr(task, '_coroscope', None) is not None]
    for state, task in sorted(states, key=lambda pair: pair[0].id):
        name = task_name(task)
        if state.record is record and name != state.name:
            record.event(NAME, record.recorder.clock.now(), state.id, record.recorder.text(name))
