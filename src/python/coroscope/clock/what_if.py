"""What if a wait took another time: changes the timers of sleeps and simulated waits, as the host asks.

The program itself does not change, only the moment when the timer is due. Without changes, nothing of this is installed.
"""

import asyncio
import math
import sys
from asyncio.futures import _set_result_unless_cancelled

from ..directives.simulated import lapse
from ..source.places import shown_file

BaseEventLoop = asyncio.BaseEventLoop
#: Both wait for a future that one timer resolves.
CODES = frozenset((asyncio.sleep.__code__, lapse.__code__))


class Change:
    """``to`` in seconds, for a wait at ``line`` (and ``column``, in UTF-16 code units, or None) of ``file``: that of a task, told by its
    ``name`` or by the ``path`` of those that made it, or of any (None); the ``visit``-th time, or each (None)."""

    __slots__ = ('file', 'line', 'column', 'name', 'path', 'visit', 'to', 'seen')

    def __init__(self, given):
        task = given.get('task') or {}
        path = task.get('path')
        self.file = given['file']
        self.line = given['line']
        self.column = given.get('column')
        self.path = None if path is None else tuple((str(name), number) for name, number in path)
        self.name = None if path is not None else task.get('name')
        self.visit = given.get('visit')
        self.to = float(given['to'])
        self.seen = 0

    def is_at(self, place):
        file, line, column = place
        return self.line == line and self.file == file and (self.column is None or column is None or self.column == column)


class WhatIf:
    """The changes of one run; ``given``: as JSON has them. Its time is virtual."""

    def __init__(self, recorder, given):
        self._recorder = recorder
        self._changes = [Change(each) for each in given]
        #: By id of a task: how it came to be, and where.
        self._born = {}
        self._made_at = {}
        self._siblings = {}
        self._places = {}
        # By id of a task: the future of its last changed wait (its ``id()``, it is not to be kept), what it was, what it is, which change.
        self._applied = {}

    def install(self):
        original = BaseEventLoop.call_later
        delay_of = self._delay_of

        def call_later(self, delay, callback, *args, context=None):
            if callback is _set_result_unless_cancelled:
                delay = delay_of(self, delay, args[0], sys._getframe(1))
            timer = original(self, delay, callback, *args, context=context)
            if timer._source_traceback:
                del timer._source_traceback[-1]
            return timer

        for each in ('__module__', '__name__', '__qualname__', '__doc__'):
            setattr(call_later, each, getattr(original, each))
        BaseEventLoop.call_later = call_later

        def undo():
            if BaseEventLoop.call_later is call_later:
                BaseEventLoop.call_later = original

        return undo

    def made(self, state, coro, frame):
        """A task is being made, at ``frame``."""
        sibling = state.parent, name_of(self._recorder.places, coro)
        self._siblings[sibling] = number = self._siblings.get(sibling, 0) + 1
        self._born[state.id] = state.parent, (sibling[1], number)
        self._made_at[state.id] = self._place(frame)

    def of(self, state, future):
        """(what it was, which change) of the wait for ``future``, with what it is now; None if it is as the program has it."""
        found = self._applied.get(state.id)
        return found[1:] if found is not None and found[0] == id(future) else None

    def _delay_of(self, loop, delay, future, frame):
        try:
            state = getattr(getattr(loop, '_coroscope', None), 'current', None)
            if state is None or frame.f_code not in CODES:
                return delay
            place = self._place(frame) or self._made_at.get(state.id)
            if place is None:
                return delay
            now = delay
            for number, change in enumerate(self._changes):
                if not change.is_at(place) or not self._is_of(change, state):
                    continue
                change.seen += 1
                if change.visit is None or change.visit == change.seen:
                    was = float(delay) if isinstance(delay, (int, float)) and math.isfinite(delay) else None
                    self._applied[state.id] = id(future), was, change.to, number
                    now = change.to
            return now
        except Exception as error:
            self._recorder.broken(error)
            return delay

    def _is_of(self, change, state):
        if change.path is not None:
            return change.path == self._path(state.id)
        if change.name is None:
            return True
        task = asyncio.current_task()
        return task is not None and task.get_name() == change.name

    def _path(self, number):
        path = []
        while number in self._born:
            number, step = self._born[number]
            path.append(step)
        return tuple(reversed(path))

    def _place(self, frame):
        """File, line and column of the innermost frame that is the user's, or None: as the record has it."""
        places = self._recorder.places
        frame = places.user_frame(frame)
        while frame is not None and ignored(places, frame.f_code):
            frame = places.user_frame(frame.f_back)
        if frame is None:
            return None
        code, lasti = frame.f_code, frame.f_lasti
        known = self._places.get((id(code), lasti))
        if known is None:
            line, column = places.position(code, lasti)[:2]
            # The code is kept, so that its ``id()`` stays its own.
            known = self._places[id(code), lasti] = (shown_file(code.co_filename), line, column), code
        return known[0]


def name_of(places, coro):
    """The name of a task's coroutine function in the record."""
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    if code is None:
        return ''
    return places.labels.get((code.co_filename, code.co_firstlineno, code.co_name)) or getattr(coro, '__qualname__', None) or code.co_name


def ignored(places, code):
    return (code.co_filename, code.co_firstlineno, code.co_name) in places.ignored
