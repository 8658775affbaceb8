"""Like ``monitor.py``, with ``sys.setprofile``, before 3.12. A profile function cannot distinguish a return, an exception and a suspension.

The current instruction of the frame decides, or the task's await chain after the step.
"""

import asyncio
import dis
import sys

from ..records.tasks import CANCEL, Task, TaskState, coroutine_of
from ..source.frames import local_of
from ..source.places import CO_ASYNC_GENERATOR, CO_COROUTINE
from ..waits.chains import deepen
from .contexts import ENTER, EXIT
from .ends import CANCELLED, CLOSED, CLOSED_BY_PROGRAM, DROPPED, RAISED, RETURNED, last_method, why_closed
from .step_profile import StepProfile

FOLLOWED = CO_COROUTINE | CO_ASYNC_GENERATOR

_op = dis.opmap
_RETURN = _op['RETURN_VALUE']
_RESUME = _op.get('RESUME')
_YIELD_FROM = _op.get('YIELD_FROM')
_YIELD = _op['YIELD_VALUE']
_AWAITING = {_op[name] for name in ('YIELD_FROM', 'SEND', 'YIELD_VALUE', 'RESUME', 'JUMP_BACKWARD_NO_INTERRUPT') if name in _op}
#: The innermost frame let pass what the step began with: a cancellation, or an error that it waited for.
THROWN = -1
_running_loop = asyncio._get_running_loop


class Flight:
    """One exception that propagates through frames. ``kind``: how these end, THROWN, or None if unknown."""

    __slots__ = ('kind', 'reached_root')

    def __init__(self, kind):
        self.kind = kind
        self.reached_root = False


class Exit:
    """``span`` and ``phase`` are set when it is certain that the frame has ended."""

    __slots__ = ('time', 'turns', 'flight', 'closed', 'span', 'phase')

    def __init__(self, time, turns, flight, closed):
        self.time = time
        self.turns = turns
        self.flight = flight
        self.closed = closed
        self.span = self.phase = None


class Exits:
    """Frames that were left in one step without ``return``: by an exception, or by a bare yield."""

    def __init__(self, spans, contexts, recorder):
        self._spans = spans
        self._contexts = contexts
        self._recorder = recorder
        #: In the order in which they were left.
        self._all = []
        #: By frame: exits that may have been suspensions.
        self._doubtful = {}
        self._flight = None
        self._next = 0

    def leave(self, frame, awaits, state, closed):
        """``awaits``: the frame stands at an await. ``closed``: (site, why) of one that was closed."""
        if not (awaits and self._flight is not None and self._next == id(frame)):
            self._flight = Flight(CLOSED if closed else THROWN if awaits else None)
        self._next = id(frame.f_back)
        if state is not None and state.code is frame.f_code and not self._spans.is_open(frame):
            self._flight.reached_root = True
            return
        record = getattr(_running_loop(), '_coroscope', None) or self._recorder.outside
        left = Exit(self._recorder.clock.now(), record.turns, self._flight, closed)
        self._all.append(left)
        self._doubtful[id(frame)] = left
        if not awaits:
            self.ended(id(frame))

    def resumed(self, frame):
        """The frame was suspended, and resumes."""
        left = self._doubtful.pop(id(frame), None)
        if left is not None:
            self._all.remove(left)

    def ended(self, frame_id):
        """The frame has ended for certain: another one may already have its address."""
        left = self._doubtful.pop(frame_id, None)
        if left is not None:
            left.span = self._spans.take(frame_id)
            left.phase = self._contexts.take(frame_id)

    def settle(self, state, task):
        """After a step: uncertain frames have ended if they are not in the task's chain any more."""
        if not self._all:
            return
        left, self._all = self._all, []
        self._flight = None
        frames = []
        coro = None if state.done else coroutine_of(task)
        if coro is not None:
            places = self._recorder.places
            deepen(places, places.root, coro, frames)
        alive = set(map(id, frames))
        for frame in list(self._doubtful):
            if frame not in alive:
                self.ended(frame)
        self._doubtful.clear()
        outcome = CANCELLED if state.done and task.cancelled() else RAISED
        for each in left:
            if each.span is None and each.phase is None:
                continue
            flight = each.flight
            if flight.kind == THROWN:
                step = local_of(sys._getframe(1), 'self')
                flight.kind = CANCELLED if step._origin >> 32 & 7 == CANCEL else RAISED
            how = outcome if flight.reached_root else flight.kind or RAISED
            if each.span is not None:
                self._spans.ended_at(each.span, each.time, each.turns, how, each.closed or (0, 0))
            if each.phase is not None:
                self._contexts.ended_at(each.phase, each.time, each.turns, how)


class Profile:
    name = 'sys.setprofile'

    def __init__(self, spans, contexts, exits, places):
        self._spans = spans
        self._contexts = contexts
        self._exits = exits
        self._places = places
        self.step_profile = StepProfile()

    def install(self):
        spans, contexts, exits, places = self._spans, self._contexts, self._exits, self._places
        user_files = places.user_files
        followed = {}
        # Ids of code objects in `followed` of which nothing is recorded: most calls, and all that they cost should be one look.
        ignored = set()

        def follow(frame, event, value):
            code = frame.f_code
            known = followed.get(id(code))
            if known is None:
                wanted = code.co_flags & FOLLOWED and (user_files[code.co_filename] or code.co_name in (ENTER, EXIT))
                # The code object is kept so that its id stays its own; its instructions, because 3.11 copies them at each look.
                known = followed[id(code)] = wanted and code.co_code, code
            instructions = known[0]
            if not instructions:
                ignored.add(id(code))
                return
            record = getattr(_running_loop(), '_coroscope', None)
            if record is None:
                return
            state = record.current
            if event == 'call':
                if not begins(frame, instructions):
                    exits.resumed(frame)
                    if code.co_flags & CO_ASYNC_GENERATOR:
                        spans.resumed(frame)
                    return
                exits.ended(id(frame))
                if state is not None and state.code is code and not state.begun:
                    state.begun = True
                    return
                if user_files[code.co_filename]:
                    spans.start(record, state, frame)
                if code.co_name in (ENTER, EXIT):
                    contexts.start(record, state, frame)
            elif event == 'return':
                if frame.f_lasti < 0:
                    # Until 3.10 a task that is cancelled before its first step looks as if it began.
                    if state is not None and state.code is code and not spans.is_open(frame):
                        state.begun = False
                elif instructions[frame.f_lasti] == _RETURN:
                    spans.end(frame, RETURNED)
                    if contexts.frames:
                        contexts.end(frame, RETURNED)
                elif value is None:
                    exits.leave(frame, awaits(frame, instructions), state, closed(frame, record, instructions))
                elif type(value).__name__ == 'async_generator_wrapped_value':
                    spans.item(frame)

        def profile(frame, event, value):
            if event == 'c_call':
                if value.__name__ == 'cancel':
                    asked(value)
            elif (event == 'call' or event == 'return') and id(frame.f_code) not in ignored:
                try:
                    follow(frame, event, value)
                except Exception as error:
                    spans.broken(error)

        def closed(frame, record, instructions):
            """(site, why) of a frame that is left because it was closed."""
            driver = frame.f_back
            if driver is None:
                return None
            code = frame.f_code
            if code.co_flags & CO_ASYNC_GENERATOR:
                span = spans.of(frame)
                by = driver.f_code is spans.limit or last_method(driver) == 'aclose'
                return why_closed(places, record, code, driver) if span is not None and span.items and by else None
            if driver.f_code is spans.limit or driver.f_code.co_code[driver.f_lasti] in _AWAITING or awaits(driver, driver.f_code.co_code):
                return None
            method = last_method(driver, True)
            if method in ('send', 'throw', '__next__'):
                return None
            site, _ = why_closed(places, record, code, driver)
            return site, CLOSED_BY_PROGRAM if method == 'close' else DROPPED

        def asked(method):
            """A step is about to call ``cancel()``, perhaps that of a task."""
            if type(method.__self__) is Task:
                state = getattr(method.__self__, '_coroscope', None)
                if type(state) is TaskState:
                    state.asked = True

        self.step_profile.profile = profile
        return True

    def uninstall(self):
        self.step_profile.uninstall()


def begins(frame, instructions):
    """Whether a call event is the first of its frame, not a resumption after an ``await``."""
    at = frame.f_lasti
    return at < 0 if _RESUME is None else instructions[at] == _RESUME and instructions[at + 1] & 3 == 0


def awaits(frame, instructions):
    """Whether a frame stands where it may be suspended. Until 3.10 one that awaits stands before its YIELD_FROM."""
    at = frame.f_lasti
    if instructions[at] in _AWAITING:
        return True
    return _YIELD_FROM is not None and instructions[at + 2:at + 3] == bytes((_YIELD_FROM,))
