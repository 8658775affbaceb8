"""Watches asyncio's locks, semaphores, events, conditions, barriers and queues.

Not by wrappers of their methods, which would stand in tracebacks and be wrong for subclasses: the attributes that hold their state
are watched instead. A descriptor that can only set leaves reading as it was.
"""

import asyncio
import collections
import sys
import types
from asyncio import locks, queues

from .resources import (ARRIVED, BARRIER_STATES, CLEARED, DONE, GIVEN, LEFT, NOTIFIED, SET, SHUT_DOWN, SIZE, TAKEN, TURNED)

_getframe = sys._getframe
_ABSENT = object()
#: A cancelled waiter wakes the next one, too: nothing is put or taken then.
STORING = frozenset(('put_nowait', 'get_nowait'))


class Watched:
    """A descriptor that reports each new value of an attribute: ``told(thing, resource, before, value, frame)``. The first one creates the resource."""

    __slots__ = ('_name', '_resources', '_told', '_broken')

    def __init__(self, name, resources, told, broken):
        self._name = name
        self._resources = resources
        self._told = told
        self._broken = broken

    def __set__(self, thing, value):
        attributes = thing.__dict__
        before = attributes.get(self._name, _ABSENT)
        attributes[self._name] = value
        try:
            resource = attributes.get('_coroscope')
            if before is _ABSENT:
                if resource is None:
                    resource = self._resources.made(thing, _getframe(1))
                    resource.initial = value if isinstance(thing, asyncio.Semaphore) else None
            elif before is not value and before != value and self._told is not None:
                if resource is None:
                    resource = self._resources.of(thing)
                if resource.owner is None and not resource.hidden:
                    self._told(thing, resource, before, value, _getframe(1))
        except Exception as error:
            self._broken(error)


class Waiters(collections.deque):
    """The waiters of a condition: only ``notify`` iterates over them."""

    __slots__ = ('notifying',)

    def __iter__(self):
        self.notifying(self, _getframe(1))
        return collections.deque.__iter__(self)


class Watching:
    def __init__(self, recorder):
        self._recorder = recorder
        self._resources = recorder.resources
        self._originals = []

    def install(self):
        replace = self._replace
        for owner, name, told in (
                (locks.Lock, '_locked', self._lock), (locks.Semaphore, '_value', self._semaphore), (locks.Event, '_value', self._event),
                (locks.Condition, '_lock', None), (getattr(locks, 'Barrier', None), '_count', self._barrier_count),
                (getattr(locks, 'Barrier', None), '_state', self._barrier_state)):
            if owner is not None:
                replace(owner, name, Watched(name, self._resources, told, self._recorder.broken))
        replace(locks.Condition, '_waiters', self._condition_waiters())
        names = {'now': self._recorder.clock.now, 'STORING': STORING, 'note_size': self._note_size, 'note_done': self._note_done}
        replace(locks.Event, 'clear', in_place_of(locks.Event.clear, CLEAR, {}, None))
        for name, source, marker in (('_wakeup_next', WAKEUP_NEXT, 'set_result'), ('task_done', TASK_DONE, 'RAISE_VARARGS')):
            made = in_place_of(getattr(queues.Queue, name), source, names, marker)
            if made is not None:
                replace(queues.Queue, name, made)
        if hasattr(queues.Queue, 'shutdown'):
            names = {'original': queues.Queue.shutdown, 'note_shutdown': self._note_shutdown}
            replace(queues.Queue, 'shutdown', in_place_of(queues.Queue.shutdown, SHUTDOWN, names, None))

    def uninstall(self):
        for owner, name, original in reversed(self._originals):
            if original is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, original)
        self._originals.clear()

    def _replace(self, owner, name, value):
        self._originals.append((owner, name, vars(owner).get(name, _ABSENT)))
        setattr(owner, name, value)

    def _lock(self, thing, resource, before, locked, frame):
        self._resources.use(thing, resource, TAKEN if locked else GIVEN, 0 if locked else 1, frame)

    def _semaphore(self, thing, resource, before, left, frame):
        # From 3.11 on whoever gives a permit back takes it again for the next in line.
        task = None
        if left < before and frame.f_code.co_name == '_wake_up_next':
            task = waiting_task(frame.f_locals.get('fut'))
        self._resources.use(thing, resource, TAKEN if left < before else GIVEN, left, frame, task)

    def _event(self, thing, resource, before, value, frame):
        self._resources.use(thing, resource, SET if value else CLEARED, 0, frame)

    def _barrier_count(self, thing, resource, before, count, frame):
        self._resources.use(thing, resource, ARRIVED if count > before else LEFT, count, frame)

    def _barrier_state(self, thing, resource, before, state, frame):
        name = getattr(state, 'value', None)
        if name in BARRIER_STATES:
            self._resources.use(thing, resource, TURNED, BARRIER_STATES.index(name), frame)

    def _condition_waiters(self):
        resources, broken = self._resources, self._recorder.broken

        class ConditionWaiters:
            __slots__ = ()

            def __set__(self, thing, value):
                waiters = Waiters(value)
                thing.__dict__['_waiters'] = waiters
                # Not the condition itself: that would be a reference cycle.
                resource = thing.__dict__.get('_coroscope')

                def notifying(waiters, frame):
                    try:
                        if frame.f_code.co_name not in ('notify', '_notify') or resource is None or resource.owner is not None:
                            return
                        waiting = sum(1 for each in collections.deque.__iter__(waiters) if not each.done())
                        condition = frame.f_locals['self']
                        resources.use(condition, resource, NOTIFIED, max(0, min(frame.f_locals['n'], waiting)), frame)
                    except Exception as error:
                        broken(error)

                waiters.notifying = notifying

        return ConditionWaiters()

    def _note_size(self, queue, putting, frame):
        """An item was put or taken, and not by the same task in the same turn as the one before."""
        try:
            resource = self._resources.of(queue)
            if not resource.hidden and resource.owner is None and frame.f_code.co_name in STORING:
                self._resources.queued(queue, resource, putting, keeps_items(type(queue)), frame)
        except Exception as error:
            self._recorder.broken(error)

    def _note_done(self, queue, left, frame):
        try:
            resource = self._resources.of(queue)
            if not resource.hidden:
                resource.turn = -1
                self._resources.use(queue, resource, DONE, left, frame)
        except Exception as error:
            self._recorder.broken(error)

    def _note_shutdown(self, queue, immediate, frame):
        try:
            resource = self._resources.of(queue)
            if not resource.hidden:
                resource.turn = -1
                if immediate is not None:
                    self._resources.use(queue, resource, SHUT_DOWN, 1 if immediate else 0, frame)
                self._resources.use(queue, resource, SIZE, queue.qsize(), frame)
        except Exception as error:
            self._recorder.broken(error)


_STORES = {getattr(each, name) for each in (queues.Queue, queues.LifoQueue, queues.PriorityQueue) for name in ('_put', '_get', 'qsize')}


def keeps_items(kind):
    """Whether a class of queues keeps each item that is put into it: one of the program's own may drop some, or count otherwise."""
    return kind._put in _STORES and kind._get in _STORES and kind.qsize in _STORES


def waiting_task(future):
    """Id of the task that waits for a future, 0 if none does."""
    for pair in getattr(future, '_callbacks', None) or ():
        state = getattr(getattr(pair[0], '__self__', None), '_coroscope', None)
        number = getattr(state, 'id', 0)
        if number:
            return number
    return 0


#: A queue clears its event at every ``put``, although it is nearly always clear.
CLEAR = """
    def clear(self):
        if self._value:
            self._value = False
"""

#: ``put`` and ``get`` call this once an item, after it went in or out, whichever class stores the items in whichever way.
#: What one task puts in one turn is one record: it must cost next to nothing.
WAKEUP_NEXT = """
    def _wakeup_next(self, waiters):
        try:
            resource = self._coroscope
            record = resource.record
            known = resource.turn == record.turns and resource.by == record.current.id
        except AttributeError:
            note_size(self, waiters is self._getters, getframe(1))
        else:
            if known and resource.putting is (waiters is self._getters):
                resource.size = len(self._queue)
            elif resource.turn < 0 or record.current is None:
                note_size(self, waiters is self._getters, getframe(1))
            else:
                resource.size = size = len(self._queue)
                if getframe(1).f_code.co_name in STORING:
                    resource.turn = turn = record.turns
                    resource.by = task = record.current.id
                    resource.putting = putting = waiters is self._getters
                    record.uses += (now(), resource.puts, size - 1, task, turn) if putting else (now(), resource.gets, size + 1, task, turn)
        while waiters:
            waiter = waiters.popleft()
            if not waiter.done():
                waiter.set_result(None)
                break
"""

TASK_DONE = """
    def task_done(self):
        if self._unfinished_tasks <= 0:
            raise ValueError('task_done() called too many times')
        self._unfinished_tasks -= 1
        note_done(self, self._unfinished_tasks, getframe(1))
        if self._unfinished_tasks == 0:
            self._finished.set()
"""

SHUTDOWN = """
    def shutdown(self, immediate=False):
        note_shutdown(self, immediate, getframe(1))
        original(self, immediate)
        note_shutdown(self, None, getframe(1))
"""


def in_place_of(original, source, names, marker):
    """A replacement for a method of asyncio that looks the same in a traceback or a stack: same file, name and line.

    ``marker`` names the instruction, or the attribute it asks for, whose line must be the original's: where others see it.
    None if the original is not as it is known here.
    """
    key = original.__code__, source, marker
    if key not in _codes:
        _codes[key] = code_in_place_of(original, source, marker)
    code = _codes[key]
    if code is None:
        return None
    names = dict(vars(sys.modules[original.__module__]), getframe=_getframe, **names)
    made = types.FunctionType(code, names, original.__name__, original.__defaults__)
    made.__kwdefaults__ = original.__kwdefaults__
    made.__qualname__ = original.__qualname__
    made.__doc__ = original.__doc__
    made.__module__ = original.__module__
    return made


#: Code objects that were made before: whoever runs one program after another makes the same ones each time.
_codes = {}


def code_in_place_of(original, source, marker):
    import dis
    old = original.__code__
    owner = original.__qualname__.split('.')[0]
    made = {}
    exec(compile(f'class {owner}:\n{source}', old.co_filename, 'exec', dont_inherit=True), {}, made)
    code = vars(made[owner])[original.__name__].__code__

    def line(code):
        at = code.co_firstlineno
        found = []
        for each in dis.get_instructions(code):
            start = each.starts_line
            if type(start) is int:
                at = start
            elif start is True or (start is False and hasattr(each, 'line_number')):
                at = each.line_number or at
            if marker in (each.opname, each.argval):
                found.append(at)
        return found[0] if len(found) == 1 else None

    if marker is not None:
        then, now = line(old), line(code)
        if then is None or now is None:
            return None
        return code.replace(co_firstlineno=code.co_firstlineno + then - now)
    return code.replace(co_firstlineno=old.co_firstlineno)
