"""Deadlines of tasks: when ``asyncio.timeout()`` will cancel them, and whether it did (3.11 and later; ``wait_for`` uses it since 3.12).

``Timeout`` keeps the handle of its timer in one attribute, and sets that whenever the deadline is set, moved, met or left: the attribute is
watched. No method is wrapped, so no frame of ours stands in a traceback.
"""

import asyncio

from ..record.recorder import DEADLINE, DEADLINE_OVER

_NAME = '_timeout_handler'
_ABSENT = object()


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
        state = getattr(timeout._task, '_coroscope', None) if handle is not None else None
        number_of_task = getattr(state, 'id', 0)
        if number_of_task:
            self._last += 1
            attributes['_coroscope'] = state.record, self._last
            clock = self._recorder.clock
            # A limit that is over already has no timer.
            due = clock.due(handle, self._offset) if hasattr(handle, '_when') else clock.now()
            state.record.event(DEADLINE, clock.now(), self._last, number_of_task, until=due)


def watch(recorder):
    """Begins; returns what ends it."""
    timeouts = getattr(asyncio, 'timeouts', None)
    owner = getattr(timeouts, 'Timeout', None)
    if owner is None:
        return lambda: None
    before = vars(owner).get(_NAME, _ABSENT)
    setattr(owner, _NAME, TimerOfTimeout(recorder))

    def undo():
        if before is _ABSENT:
            delattr(owner, _NAME)
        else:
            setattr(owner, _NAME, before)

    return undo
