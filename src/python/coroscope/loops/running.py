"""Loops that run already when the recording begins, and the tasks that they have.

In: loops of any thread. Out: a record of each, with its tasks as they stood when their loop came to its next turn, and loops that are as
they were once the recording has ended.
"""

import asyncio
import sys
from asyncio import base_events, events

from ..records.kinds import BEFORE
from ..records.loop_record import LoopRecord
from ..records.tasks import TaskState, bind, coroutine_of, default_number, has_begun, task_name

_RUNS = base_events.BaseEventLoop.run_forever.__code__


def running_loops():
    """The event loops that run now in this process, by thread, those of asyncio's own classes."""
    found = {}
    for thread, frame in sys._current_frames().items():
        while frame is not None:
            if frame.f_code is _RUNS:
                loop = frame.f_locals.get('self')
                if isinstance(loop, base_events.BaseEventLoop):
                    found.setdefault(thread, loop)
                    break
            frame = frame.f_back
    return found


class Joining(events.Handle):
    """Run by a loop between two turns, in its own thread, where none of its tasks runs. It is no callback of the program, and not recorded."""

    __slots__ = ('_work',)

    def __init__(self, loop, work):
        super().__init__(work, (), loop)
        self._work = work

    def _run(self):
        self._work()
        self._work = None


class Running:
    """Takes up the loops that run at the beginning of a recording."""

    def __init__(self, instrument):
        self._instrument = instrument
        self._recorder = instrument.recorder
        #: Loops whose tasks were not told yet.
        self.left = []
        self._joined = False

    def expect(self):
        """Before anything is installed: loops of other threads go on while it is, and their tasks are not new."""
        self._joined = True
        self.left[:] = running_loops().values()

    def join(self):
        """Returns how many loops there are. A loop is joined as soon as it has a turn."""
        loops = list(running_loops().values())
        self.left[:] = loops
        for loop in loops:
            record = loop._coroscope or self._instrument.attach(loop)
            if type(record) is LoopRecord and loop._thread_id is not None:
                record.thread = loop._thread_id
            loop._ready.append(Joining(loop, lambda loop=loop: self._take(loop)))
            loop._write_to_self()
        return len(loops)

    def _take(self, loop):
        if not self._recorder.on or loop not in self.left:
            return
        self.left.remove(loop)
        try:
            record = loop._coroscope
            if type(record) is LoopRecord:
                for task in sorted(asyncio.all_tasks(loop), key=lambda task: default_number(task_name(task))):
                    if getattr(getattr(task, '_coroscope', None), 'record', None) is not record:
                        self.known(record, task)
                self._ready_ones(loop, record)
        except Exception as error:
            self._recorder.broken(error)

    def was_before(self, task):
        """Whether a task that is seen for the first time has run before: it was there when the recording began."""
        return self._joined and has_begun(coroutine_of(task))

    def known(self, record, task):
        """A task that was there: who made it, and where, is not known."""
        recorder = self._recorder
        recorder.last_task += 1
        state = TaskState(recorder.last_task, record, 0)
        coro = coroutine_of(task)
        begun = state.begun = has_begun(coro)
        now = recorder.clock.now()
        bind(state, task, coro, 0, 0, now)
        stand = self._instrument.where(state, task, task._fut_waiter) if begun else 0
        record.event(BEFORE, now, state.id, stand & 0xFFFFFFFF, stand >> 32)
        return state

    def _ready_ones(self, loop, record):
        """Steps that were scheduled before are recorded as steps."""
        instrument, now = self._instrument, self._recorder.clock.now()
        ready = loop._ready
        for place, handle in enumerate(ready):
            if type(handle) is not events.Handle or handle._cancelled or not instrument.is_step(handle._callback):
                continue
            state = getattr(handle._callback.__self__, '_coroscope', None)
            if type(state) is TaskState and state.record is record:
                ready[place] = instrument.StepHandle(handle._callback, handle._args, loop, handle._context, state, now, 0, record.turns)


def leave(loops):
    """Takes what the recording left on loops and their tasks off: they go on for long."""
    for loop in loops:
        selector = getattr(loop, '_selector', None)
        if getattr(getattr(selector, 'select', None), '__name__', '') == 'traced_select':
            vars(selector).pop('select', None)
        vars(loop).pop('_coroscope', None)
        for task in _tasks(loop):
            try:
                del task._coroscope
            except AttributeError:
                pass


def _tasks(loop):
    try:
        return asyncio.all_tasks(loop)
    except RuntimeError:
        # The tasks of a loop in another thread changed too often meanwhile.
        return ()
