"""Locks, semaphores, events, conditions, barriers and queues: their identity, their names, and what was done with them.

The state of a thing is kept on the thing itself (``thing._coroscope``), so that it is freed with it. A thing is numbered and
defined when it is first used or waited for: most locks of most programs never are.
"""

import asyncio
import os
import sys

from .naming import Names, held_as

#: What was done with a resource, the lower five bits of a use. The value of the use is in brackets.
TAKEN, GIVEN = 1, 2             # permits left
SET, CLEARED = 3, 4
NOTIFIED = 5                    # tasks woken
ARRIVED, LEFT = 6, 7            # tasks inside
TURNED = 8                      # index into BARRIER_STATES
SIZE = 9                        # items in the queue
PUT, GOT = 13, 14               # items in the queue before; what follows in the same turn is the same
DONE = 10                       # unfinished items left
SHUT_DOWN = 11                  # 1 if at once
AT = 12                         # site of the use before
KIND_SHIFT = 5

BARRIER_STATES = ('filling', 'draining', 'resetting', 'broken')

_ASYNCIO = os.path.dirname(os.path.abspath(asyncio.__file__)) + os.sep
_running_loop = asyncio._get_running_loop
_getframe = sys._getframe
_BARRIER = getattr(asyncio, 'Barrier', ())
_KINDS = ((asyncio.Lock, 'lock'), (asyncio.Semaphore, 'semaphore'), (asyncio.Event, 'event'), (asyncio.Condition, 'condition'),
          (_BARRIER, 'barrier'), (asyncio.Queue, 'queue'))


class _NoRecord:
    """Stands for the record of a loop that is not known yet."""

    current = None
    turns = 0


class Resource:
    """What is known about one thing. ``number`` is 0 until it is defined; ``owner`` is the resource that this one is a part of."""

    __slots__ = ('number', 'key', 'site', 'name', 'owner', 'hidden', 'initial', 'record', 'turn', 'by', 'putting', 'size', 'puts', 'gets')

    def __init__(self):
        self.number = 0
        self.key = 0
        #: For queues: the current operation, its loop and turn, and its task.
        self.record = _NoRecord
        self.turn = -1
        self.by = 0
        self.putting = False
        self.size = 0
        self.puts = self.gets = 0
        self.site = 0
        self.name = None
        self.owner = None
        self.hidden = False
        self.initial = None

    def __reduce__(self):
        # A copy of a lock is another lock.
        return type(None), ()


class Resources:
    def __init__(self, recorder):
        self._recorder = recorder
        self._names = Names(recorder.clock)
        self._counts = {}
        self._last = 0
        self._busy = []
        self._inits = {each.__init__.__code__ for each, _ in _KINDS if each and each is not asyncio.Lock}

    # Called by other modules.

    def number(self, thing, state=None):
        """Id of a thing in the trace. ``state``: the task that waits for it, whose frames may know its name."""
        resource = self.of(thing)
        if not resource.number:
            self.define(resource, thing, task_frames(state) if state is not None else [])
        return resource.number

    def name(self, thing):
        """Its name for people: ``jobs`` or ``Queue 1``."""
        self.number(thing)
        return self.of(thing).name

    def label(self, thing, state=None):
        """``lock db``; only ``lock`` if that is its name, too."""
        self.number(thing, state)
        resource = self.of(thing)
        kind = kind_of(thing)
        return resource.name if resource.name.lower().startswith(kind) or resource.owner is not None else f'{kind} {resource.name}'

    def of(self, thing):
        """The resource of a thing, or of the thing that it is a part of: for the event of a queue's ``join``, the queue."""
        resource = getattr(thing, '_coroscope', None)
        if type(resource) is not Resource:
            resource = Resource()
            resource.initial = initial_of(thing)
            keep(thing, resource)
        while resource.owner is not None:
            resource = resource.owner
        return resource

    # Called by the watchers of asyncio's classes.

    def made(self, thing, frame):
        """A thing is being made; ``frame`` is that of its class's ``__init__``. Returns its resource."""
        resource = Resource()
        keep(thing, resource)
        while frame is not None and frame.f_code.co_name == '__init__' and frame.f_locals.get('self') is thing:
            frame = frame.f_back
        if frame is None:
            return resource
        code = frame.f_code
        if code in self._inits:
            outer = frame.f_locals['self']
            known = getattr(outer, '_coroscope', None)
            if known is None:
                known = self.made(outer, frame)
            if isinstance(outer, asyncio.Condition) and known.owner is None:
                # The lock of a condition is a lock like any other.
                resource.name, resource.site, resource.hidden = known.name, known.site, known.hidden
            else:
                resource.owner = known
            return resource
        places = self._recorder.places
        if code.co_filename.startswith(_ASYNCIO):
            resource.hidden = True
        resource.site = places.running_site(outside_dataclass(frame))
        resource.name = self._names.after(frame)
        return resource

    def define(self, resource, thing, frames):
        """Numbers a resource, and names it by what holds it where its making did not tell."""
        name = None
        if resource.name is not None and resource.name[1]:
            name = held_as(thing, frames, resource.name[0]) or resource.name[0]
        elif resource.name is not None:
            name = resource.name[0]
        else:
            name = held_as(thing, frames)
        kind = kind_of(thing)
        with self._recorder.defining:
            if resource.number:
                return
            known = name or type(thing).__qualname__
            count = self._counts[kind, known] = self._counts.get((kind, known), 0) + 1
            name = known if name and count == 1 else f'{known} {count}'
            fields = {'site': resource.site, **facts_of(thing)}
            if resource.initial is not None:
                fields['value'] = resource.initial
            if isinstance(thing, asyncio.Condition):
                fields['lock'] = self.number(thing._lock)
            self._last = number = self._last + 1
            self._recorder.define('resource', number, kind, name, fields)
            resource.name = name
            resource.key = number << KIND_SHIFT
            resource.number = number

    def use(self, thing, resource, what, value, frame, task=None):
        """Records a use of a thing. ``frame``: the caller; ``task``: for which task, if not for the running one."""
        if resource.hidden or not self._recorder.on:
            return
        if not resource.number:
            self.define(resource, thing, frames_from(frame, self._recorder.places))
        record = self.running()
        current = record.current
        if task is None:
            task = current.id if current is not None else 0
            # The quick way of queues cannot tell the line, and a site now and then would look like a rule.
            site = self._recorder.places.running_site(frame) if what != SIZE else 0
        else:
            site = 0
        time = self._recorder.clock.now()
        turns = record.turns
        record.uses += (time, resource.key | what, value, task, turns)
        if site:
            record.uses += (time, resource.key | AT, site, task, turns)

    def queued(self, queue, resource, putting, keeps, frame):
        """One or more items are put or taken by one task in one turn: this is the first."""
        if not self._recorder.on:
            return
        if not keeps:
            self.use(queue, resource, SIZE, queue.qsize(), frame)
            return
        if not resource.number:
            self.define(resource, queue, frames_from(frame, self._recorder.places))
        record = self.running()
        current = record.current
        task = current.id if current is not None else 0
        size = len(queue._queue)
        resource.puts, resource.gets = resource.key | PUT, resource.key | GOT
        record.uses += (self._recorder.clock.now(), resource.key | (PUT if putting else GOT), size - 1 if putting else size + 1, task, record.turns)
        if resource.turn == -1:
            self._busy.append(resource)
        resource.record, resource.turn, resource.by, resource.putting, resource.size = record, record.turns, task, putting, size

    def before_flush(self):
        """How long the queues are now that were used since the last time: it shows only at their next use."""
        busy, self._busy = self._busy, []
        for resource in busy:
            if resource.turn != -1:
                record = resource.record
                record.uses += (self._recorder.clock.now(), resource.key | SIZE, resource.size, 0, record.turns)
            resource.turn = -1

    def running(self):
        """The record of the running loop; if none runs, the record for events outside of loops."""
        loop = _running_loop()
        record = getattr(loop, '_coroscope', None)
        return self._recorder.outside if record is None else record


def keep(thing, resource):
    # Not through ``__dict__``: using it once makes all attributes of the thing slower to read.
    object.__setattr__(thing, '_coroscope', resource)


def kind_of(thing):
    for each, kind in _KINDS:
        if each and isinstance(thing, each):
            return kind
    return type(thing).__name__.lower()


def initial_of(thing):
    return getattr(thing, '_value', None) if isinstance(thing, asyncio.Semaphore) else None


_OWN = frozenset((asyncio.Lock, asyncio.Semaphore, asyncio.Event, asyncio.Condition, _BARRIER, asyncio.Queue))


def facts_of(thing):
    facts = {}
    if type(thing) not in _OWN:
        facts['type'] = type(thing).__qualname__
    if isinstance(thing, asyncio.Queue):
        maxsize = getattr(thing, '_maxsize', 0)
        facts['maxsize'] = maxsize if isinstance(maxsize, (int, float)) and 0 < maxsize < 1e15 else 0
    elif _BARRIER and isinstance(thing, _BARRIER):
        facts['parties'] = thing._parties
    return facts


def outside_dataclass(frame):
    """Skips the ``__init__`` that ``dataclass`` generates, which is no line of the program."""
    while frame.f_back is not None and frame.f_code.co_filename == '<string>' and frame.f_code.co_name == '__init__':
        frame = frame.f_back
    return frame


def frames_from(frame, places):
    """The user's frames from one out to where the loop was entered."""
    frames = []
    for _ in range(20):
        frame = places.user_frame(frame)
        if frame is None:
            break
        frames.append(frame)
        frame = frame.f_back
    return frames


def task_frames(state):
    """The user's frames of a suspended task, innermost first."""
    user_files = state.record.recorder.places.user_files
    frames = [coro.cr_frame for coro in reversed(state.chain())]
    return [each for each in frames if each is not None and user_files[each.f_code.co_filename]]
