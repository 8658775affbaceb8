"""The user's coroutines, from start to end: ``sys.monitoring`` from 3.12 on, ``sys.setprofile`` before.

Only code of the user's own is followed. Everything else is switched off at its first call, and costs nothing after.
"""

import asyncio
import sys

from .chains import deepen
from .in_steps import InSteps
from .places import CO_ASYNC_GENERATOR, CO_COROUTINE
from .recorder import ENDED, STARTED

FOLLOWED = CO_COROUTINE | CO_ASYNC_GENERATOR
RETURNED, RAISED, CANCELLED, CLOSED = 1, 2, 3, 4

_running_loop = asyncio._get_running_loop
_getframe = sys._getframe


class Spans:
    """Open spans by frame. A frame's awaiter is the next frame out that has a span.

    A task's own coroutine is none of these: it lives from the task's first step to its last, which the steps tell already.
    """

    def __init__(self, recorder):
        self._recorder = recorder
        #: Code of the frame that runs a step: no awaiter is beyond it.
        self.limit = None
        self._open = {}
        self._doubtful = {}

    def start(self, record, state, frame):
        """An inner coroutine's first instruction is about to run; ``state`` is that of the task that runs, or None."""
        recorder = self._recorder
        recorder.last_span += 1
        number = recorder.last_span
        code = frame.f_code
        awaiter = self._awaiter(frame.f_back, state)
        self._open[id(frame)] = number, record, code
        record.event(STARTED, recorder.clock.now(), number, state.id if state is not None else 0, recorder.places.code(code), awaiter)

    def _awaiter(self, frame, state):
        """Number of the span that drives one, 0 if that is the task's own coroutine or none."""
        opened = self._open
        limit = self.limit
        root = state.code if state is not None else None
        while frame is not None:
            code = frame.f_code
            if code is limit:
                break
            known = opened.get(id(frame))
            if known is not None and known[2] is code:
                return known[0]
            if code is root:
                break
            frame = frame.f_back
        return 0

    def end(self, frame, how):
        known = self._open.pop(id(frame), None)
        if known is not None:
            known[1].event(ENDED, self._recorder.clock.now(), known[0], how)

    def is_open(self, frame):
        return id(frame) in self._open

    def doubt(self, frame):
        """The frame gave control away, by an exception or by a bare yield: ``settle`` will know which."""
        known = self._open.get(id(frame))
        if known is not None:
            self._doubtful[id(frame)] = self._recorder.clock.now(), known[1].turns

    def resumed(self, frame):
        self._doubtful.pop(id(frame), None)

    def settle(self, state, task):
        """After a step: of the doubtful frames those have ended that are not in the task's chain any more."""
        if not self._doubtful:
            return
        frames = []
        coro = None if state.done else task.get_coro()
        if coro is not None:
            places = self._recorder.places
            deepen(places, places.root, coro, frames)
        alive = set(map(id, frames))
        for frame, (time, turns) in self._doubtful.items():
            if frame not in alive:
                number, record = self._open.pop(frame)[:2]
                record.event(ENDED, time, number, RAISED, turn=turns)
        self._doubtful.clear()


def how_raised(error):
    if isinstance(error, asyncio.CancelledError):
        return CANCELLED
    return CLOSED if isinstance(error, GeneratorExit) else RAISED


class Monitor:
    """``sys.monitoring``: a tool of our own, never one whose id is taken.

    A task's own coroutine costs one callback. The ends of others are asked for once a first one was seen to begin.
    """

    name = 'sys.monitoring'

    def __init__(self, spans, user_files):
        self._spans = spans
        self._user_files = user_files
        self._tool = None
        #: Code that ran as an inner coroutine, by id. It is kept alive, so that its ``id()`` stays its own.
        self._inner = {}

    def install(self):
        mon = sys.monitoring
        events = mon.events
        self._tool = tool = next((each for each in (4, 3) if mon.get_tool(each) is None), None)
        if tool is None:
            return False
        mon.use_tool_id(tool, 'coroscope')
        spans, user_files, disable, inner = self._spans, self._user_files, mon.DISABLE, self._inner
        local_unwind = sys.version_info >= (3, 15)
        ends = events.PY_RETURN | events.PY_UNWIND if local_unwind else events.PY_RETURN

        def on_start(code, offset):
            record = getattr(_running_loop(), '_coroscope', None)
            state = None
            if record is not None:
                state = record.current
                if state is not None and state.code is code and not state.begun:
                    state.begun = True
                    return None
            if not code.co_flags & FOLLOWED or not user_files[code.co_filename]:
                return disable
            if record is None:
                return None
            if id(code) not in inner:
                if not inner and not local_unwind:
                    # Until 3.14 there is only one switch for all code, and every exception of the program costs a call.
                    mon.set_events(tool, events.PY_START | events.PY_UNWIND)
                inner[id(code)] = code
                mon.set_local_events(tool, code, ends)
            spans.start(record, state, _getframe(1))
            return None

        def on_return(code, offset, value):
            spans.end(_getframe(1), RETURNED)

        def on_unwind(code, offset, error):
            if id(code) in inner:
                spans.end(_getframe(1), how_raised(error))

        mon.register_callback(tool, events.PY_START, on_start)
        mon.register_callback(tool, events.PY_RETURN, on_return)
        mon.register_callback(tool, events.PY_UNWIND, on_unwind)
        mon.set_events(tool, events.PY_START)
        return True

    def uninstall(self):
        tool, self._tool = self._tool, None
        if tool is None:
            return
        mon = sys.monitoring
        mon.set_events(tool, 0)
        for code in self._inner.values():
            mon.set_local_events(tool, code, 0)
        for event in (mon.events.PY_START, mon.events.PY_RETURN, mon.events.PY_UNWIND):
            mon.register_callback(tool, event, None)
        mon.free_tool_id(tool)
        self._inner.clear()


class Profile:
    """``sys.setprofile``, before 3.12. A return and a suspension look alike to it; the instruction tells them apart."""

    name = 'sys.setprofile'

    def __init__(self, spans, user_files):
        self._spans = spans
        self._user_files = user_files
        self.in_steps = InSteps()

    def install(self):
        import dis
        spans, user_files = self._spans, self._user_files
        suspending = {dis.opmap[name] for name in ('YIELD_VALUE', 'YIELD_FROM', 'SEND') if name in dis.opmap}
        returning = dis.opmap['RETURN_VALUE']
        resume = dis.opmap.get('RESUME')
        followed = {}
        before_yield = 'YIELD_FROM' in dis.opmap

        def begins(frame, instructions):
            """Whether a call is the first of its frame, none that goes on after an ``await``."""
            at = frame.f_lasti
            return at < 0 if resume is None else instructions[at] == resume and instructions[at + 1] & 3 == 0

        def unbegin(code):
            """Before 3.11 a task that is cancelled before its first step looks as if it began: until it leaves where it stood."""
            record = getattr(_running_loop(), '_coroscope', None)
            state = record.current if record is not None else None
            if state is not None and state.code is code:
                state.begun = False

        def profile(frame, event, value):
            if event[:2] == 'c_':
                return
            code = frame.f_code
            known = followed.get(id(code))
            if known is None:
                wanted = code.co_flags & FOLLOWED != 0 and user_files[code.co_filename]
                # The code object is kept so that its id stays its own; its instructions, because 3.11 copies them at each look.
                known = followed[id(code)] = wanted and code.co_code, code
            instructions = known[0]
            if not instructions:
                return
            if event == 'call':
                if not begins(frame, instructions):
                    spans.resumed(frame)
                    return
                record = getattr(_running_loop(), '_coroscope', None)
                if record is None:
                    return
                state = record.current
                if state is not None and state.code is code and not state.begun:
                    state.begun = True
                else:
                    spans.start(record, state, frame)
            elif event == 'return':
                if not spans.is_open(frame):
                    if frame.f_lasti < 0:
                        unbegin(code)
                    return
                instruction = instructions[frame.f_lasti]
                if instruction == returning:
                    spans.end(frame, RETURNED)
                elif value is None:
                    # Until 3.10 a frame that awaits stands before its YIELD_FROM.
                    following = instructions[frame.f_lasti + 2:frame.f_lasti + 3] if before_yield else b''
                    if instruction in suspending or (following and following[0] in suspending):
                        spans.doubt(frame)
                    else:
                        spans.end(frame, RAISED)

        self.in_steps.profile = profile
        return True

    def uninstall(self):
        self.in_steps.uninstall()
