"""The user's coroutines, from start to end: ``sys.monitoring`` from 3.12 on, ``sys.setprofile`` before.

Only code of the user's own is followed. Everything else is switched off at its first call, and costs nothing after.
"""

import asyncio
import sys

from .chains import deepen
from .places import CO_ASYNC_GENERATOR, CO_COROUTINE
from .recorder import ENDED, STARTED

FOLLOWED = CO_COROUTINE | CO_ASYNC_GENERATOR
RETURNED, RAISED, CANCELLED, CLOSED = 1, 2, 3, 4

_running_loop = asyncio._get_running_loop
_getframe = sys._getframe


class Spans:
    """Open spans by frame. A frame's awaiter is the next frame out that has a span."""

    def __init__(self, recorder):
        self._recorder = recorder
        #: Code of the frame that runs a step: no awaiter is beyond it.
        self.limit = None
        self._open = {}
        self._doubtful = {}

    def start(self, frame):
        """A coroutine's first instruction is about to run."""
        loop = _running_loop()
        record = getattr(loop, '_coroscope', None)
        if record is None or id(frame) in self._open:
            return
        recorder = self._recorder
        recorder.last_span += 1
        number = recorder.last_span
        state = record.current
        code = frame.f_code
        awaiter = self._awaiter(frame.f_back)
        self._open[id(frame)] = number, record, code
        record.event(STARTED, recorder.clock.now(), number, state.id if state is not None else 0, recorder.places.code(code), awaiter)

    def _awaiter(self, frame):
        opened = self._open
        limit = self.limit
        while frame is not None and frame.f_code is not limit:
            known = opened.get(id(frame))
            if known is not None and known[2] is frame.f_code:
                return known[0]
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
                number, record, _ = self._open.pop(frame)
                record.events += (time, time, ENDED, turns, number, RAISED, 0, 0)
        self._doubtful.clear()


def how_raised(error):
    if isinstance(error, asyncio.CancelledError):
        return CANCELLED
    return CLOSED if isinstance(error, GeneratorExit) else RAISED


class Monitor:
    """``sys.monitoring``: a tool of our own, never one whose id is taken."""

    name = 'sys.monitoring'

    def __init__(self, spans, user_files):
        self._spans = spans
        self._user_files = user_files
        self._tool = None
        self._codes = []

    def install(self):
        mon = sys.monitoring
        events = mon.events
        self._tool = tool = next((each for each in (4, 3) if mon.get_tool(each) is None), None)
        if tool is None:
            return False
        mon.use_tool_id(tool, 'coroscope')
        spans, user_files, disable = self._spans, self._user_files, mon.DISABLE
        codes = set()

        def on_start(code, offset):
            if not code.co_flags & FOLLOWED or not user_files[code.co_filename]:
                return disable
            if id(code) not in codes:
                codes.add(id(code))
                self._codes.append(code)
                mon.set_local_events(tool, code, events.PY_RETURN)
            spans.start(_getframe(1))

        def on_return(code, offset, value):
            spans.end(_getframe(1), RETURNED)

        def on_unwind(code, offset, error):
            if code.co_flags & FOLLOWED and id(code) in codes:
                spans.end(_getframe(1), how_raised(error))

        mon.register_callback(tool, events.PY_START, on_start)
        mon.register_callback(tool, events.PY_RETURN, on_return)
        mon.register_callback(tool, events.PY_UNWIND, on_unwind)
        mon.set_events(tool, events.PY_START | events.PY_UNWIND)
        return True

    def uninstall(self):
        tool, self._tool = self._tool, None
        if tool is None:
            return
        mon = sys.monitoring
        mon.set_events(tool, 0)
        for code in self._codes:
            mon.set_local_events(tool, code, 0)
        for event in (mon.events.PY_START, mon.events.PY_RETURN, mon.events.PY_UNWIND):
            mon.register_callback(tool, event, None)
        mon.free_tool_id(tool)
        self._codes.clear()


class Profile:
    """``sys.setprofile``, before 3.12. A return and a suspension look alike to it; the instruction tells them apart."""

    name = 'sys.setprofile'

    def __init__(self, spans, user_files):
        self._spans = spans
        self._user_files = user_files

    def install(self):
        import dis
        if sys.getprofile() is not None:
            return False
        spans, user_files = self._spans, self._user_files
        suspending = {dis.opmap[name] for name in ('YIELD_VALUE', 'YIELD_FROM', 'SEND') if name in dis.opmap}
        returning = dis.opmap['RETURN_VALUE']
        followed = {}
        before_yield = 'YIELD_FROM' in dis.opmap

        def profile(frame, event, value):
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
                if spans.is_open(frame):
                    spans.resumed(frame)
                else:
                    spans.start(frame)
            elif event == 'return':
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

        self._profile = profile
        sys.setprofile(profile)
        return True

    def uninstall(self):
        if sys.getprofile() is self._profile:
            sys.setprofile(None)
