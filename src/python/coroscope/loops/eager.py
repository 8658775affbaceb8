"""Tasks whose first step runs during their creation: eager task factories (3.12), ``eager_start`` (3.14), and factories of the program."""

import asyncio
import sys
from asyncio import base_events

from ..records.kinds import NAME
from ..records.tasks import CREATED, EAGER, bind, called_with, new_state
from ..source.places import SITE_SHIFT

BaseEventLoop = base_events.BaseEventLoop


class Pending:
    """A task that a factory is creating. It already has a state, for its first step."""

    __slots__ = ('state', 'coro', 'outer', 'frame_site', 'group', 'time', 'turn', 'name', 'called')


class Eager:
    def __init__(self, instrument):
        self._instrument = instrument
        self.at_work = []

    def install(self, replace):
        original_set = BaseEventLoop.set_task_factory
        original_create = BaseEventLoop.create_task
        eager = self

        def set_task_factory(self, factory):
            original_set(self, factory)
            if factory is not None:
                replace_create()

        def create_task(self, coro, **kwargs):
            record = self._coroscope
            if record is None:
                record = eager._instrument.attach(self)
            if self._task_factory is None and not kwargs.get('eager_start'):
                return without_our_frame(original_create(self, coro, **kwargs))
            return without_our_frame(eager.create(record, coro, sys._getframe(1), lambda: original_create(self, coro, **kwargs)))

        def replace_create():
            if BaseEventLoop.create_task is not create_task:
                replace(BaseEventLoop, 'create_task', create_task)

        replace(BaseEventLoop, 'set_task_factory', set_task_factory)
        if sys.version_info >= (3, 14):
            replace_create()

    def pending(self, coro):
        """The pending task that runs this coroutine, if its factory is at work."""
        for pending in reversed(self.at_work):
            if pending.coro is coro:
                return pending
        return None

    def scheduled(self, pending, task, coro):
        """A pending task is scheduled: either it is not eager after all, or its first step has ended and it resumes later."""
        state = pending.state
        if not state.bound:
            bind(state, task, coro, pending.frame_site, pending.group, pending.time, pending.called)
        if not has_started(coro):
            state.record.current = pending.outer
        return state

    def create(self, record, coro, frame, factory):
        instrument = self._instrument
        clock = instrument.clock
        pending = Pending()
        pending.state = state = new_state(record)
        pending.coro = coro
        state.code = getattr(coro, 'cr_code', None)
        if record.recorder.what_if is not None:
            record.recorder.what_if.made(state, coro, frame)
        pending.outer = outer = record.current
        pending.frame_site = record.recorder.places.running_site(frame)
        pending.group = instrument.group_of(record, frame, pending.frame_site, 0)
        pending.name = coming_name(frame)
        # Before its first step: after that its variables may be others.
        pending.called = called_with(record.recorder, coro)
        pending.time = clock.now()
        pending.turn = record.turns
        self.at_work.append(pending)
        record.current = state
        started, record.started = record.started, pending.time
        try:
            task = factory()
        finally:
            self.at_work.remove(pending)
            record.current = outer
            record.started = started
        try:
            self._made(pending, task, coro)
        except Exception as error:
            record.recorder.broken(error)
        return task

    def _made(self, pending, task, coro):
        state = pending.state
        known = getattr(task, '_coroscope', None)
        if known is not None and known is not state:
            return
        # What closes an async generator is no coroutine and does not tell; what has come of the task does.
        if not (has_started(coro) or task.done() or getattr(task, '_fut_waiter', None) is not None):
            return
        record = state.record
        end = self._instrument.clock.now()
        if not state.bound:
            bind(state, task, coro, pending.frame_site, pending.group, pending.time, pending.called)
        stand = self._instrument.stood(state, task, end)
        if state.done and pending.name is not None and pending.name != state.name:
            record.event(NAME, end, state.id, record.recorder.text(pending.name))
        parent = pending.outer.id if pending.outer is not None else 0
        origin = parent | (CREATED | EAGER | pending.frame_site << SITE_SHIFT) << 32
        record.step(pending.time, pending.time, end, origin, stand, state.id, pending.turn)


def coming_name(frame):
    """The name that ``asyncio.create_task`` and ``TaskGroup.create_task`` of 3.12 give a task after its first step, None otherwise."""
    code = frame.f_code
    if code.co_name != 'create_task' or code.co_filename not in _LATE_NAMERS:
        return None
    name = frame.f_locals.get('name')
    return name if type(name) is str else None


_LATE_NAMERS = {getattr(module, '__file__', None) for module in (asyncio.tasks, getattr(asyncio, 'taskgroups', None))}


def without_our_frame(task, file=__file__):
    """In debug mode a task keeps the stack of its creation: removes the frame of ours in ``file`` from it."""
    stack = getattr(task, '_source_traceback', None)
    if stack and stack[-1].filename == file:
        del stack[-1]
    return task


def has_started(coro):
    """Whether a coroutine has run at all. One that has ended has."""
    frame = getattr(coro, 'cr_frame', None)
    if frame is None:
        return getattr(coro, 'cr_code', None) is not None
    if coro.cr_running:
        return True
    # Before 3.11 the frame of a coroutine that never ran stands before its first instruction.
    return coro.cr_suspended if hasattr(coro, 'cr_suspended') else frame.f_lasti != -1
