"""Deadlines of tasks: when ``asyncio.timeout()`` will cancel them, and whether it did (3.11 and later; ``wait_for`` uses it since 3.12).

``Timeout`` keeps the handle of its timer in one attribute, and sets it whenever the deadline is set, moved, expired or left: the attribute is
watched. No method is wrapped, so tracebacks have no frame of ours.
"""

import asyncio
import sys

from ..records.kinds import DEADLINE, DEADLINE_LEFT, DEADLINE_OVER

_NAME = '_timeout_handler'
_STATE = '_state'
_ABSENT = object()
#: How the block of an expired timeout is left.
NOTHING, CANCELLED, OTHER = range(3)


class TimerOfTimeout:
    """Stands for ``Timeout._timeout_handler``. Reading it stays as it was: the value is in the object's own ``__dict__``."""

    __slots__ = ('_recorder', '_offset', '_last')

    def __init__(self, recorder):
        self._recorder = recorder
        self._offset = recorder.clock.loop_to_clock()
        self._last = 0

    def __set__(self, timeout, handle):
        attributes = timeout.__dict__
        before = attributes.get(_NAME)
        attributes[_NAME] = handle
        try:
            if handle is not before:
                self._told(timeout, attributes, handle)
        except Exception as error:
            self._recorder.broken(error)

    def _told(self, timeout, attributes, handle):
        known = attributes.pop('_coroscope', None)
        if known is not None:
            record, number = known
            expired = handle is None and getattr(timeout._state, 'name', '') == 'EXPIRING'
            record.event(DEADLINE_OVER, self._recorder.clock.now(), number, 1 if expired else 0)
            if expired:
                attributes['_coroscope_met'] = known
        state = getattr(timeout._task, '_coroscope', None) if handle is not None else None
        number_of_task = getattr(state, 'id', 0)
        if number_of_task:
            self._last += 1
            attributes['_coroscope'] = state.record, self._last
            clock = self._recorder.clock
            # A timeout that has expired has no timer.
            due = clock.due(handle, self._offset) if hasattr(handle, '_when') else clock.now()
            state.record.event(DEADLINE, clock.now(), self._last, number_of_task, until=due)


class StateOfTimeout:
    """Stands for ``Timeout._state``, which says when the block of a timeout that was met is left; with what, ``__aexit__`` knows."""

    __slots__ = ('_recorder',)

    def __init__(self, recorder):
        self._recorder = recorder

    def __set__(self, timeout, state):
        attributes = timeout.__dict__
        attributes[_STATE] = state
        try:
            if getattr(state, 'name', '') == 'EXPIRED':
                self._left(attributes, sys._getframe(1))
        except Exception as error:
            self._recorder.broken(error)

    def _left(self, attributes, frame):
        known = attributes.pop('_coroscope_met', None)
        if known is None or 'exc_type' not in frame.f_code.co_varnames:
            return
        record, number = known
        kind = frame.f_locals.get('exc_type')
        what = NOTHING if kind is None else CANCELLED if issubclass(kind, asyncio.CancelledError) else OTHER
        record.event(DEADLINE_LEFT, self._recorder.clock.now(), number, what)


def watch(recorder):
    """Starts watching. Returns a function that undoes it."""
    timeouts = getattr(asyncio, 'timeouts', None)
    owner = getattr(timeouts, 'Timeout', None)
    if owner is None:
        return lambda: None
    watched = {_NAME: TimerOfTimeout(recorder), _STATE: StateOfTimeout(recorder)}
    before = {name: vars(owner).get(name, _ABSENT) for name in watched}
    for name, watcher in watched.items():
        setattr(owner, name, watcher)

    def undo():
        for name, original in before.items():
            if original is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, original)

    return undo
