"""The user's inner coroutines, from start to end, with ``sys.monitoring``: from 3.12 on. Before, ``by_profile.py`` does it.

Only user code is followed, and what ``async with`` enters and leaves. Everything else is disabled at its
first call, and costs nothing afterwards.
"""

import asyncio
import sys

from ..source.places import CO_ASYNC_GENERATOR, CO_COROUTINE
from .contexts import ENTER, EXIT
from .ends import RETURNED, how_raised

FOLLOWED = CO_COROUTINE | CO_ASYNC_GENERATOR

_running_loop = asyncio._get_running_loop
_getframe = sys._getframe


class Monitor:
    """A monitoring tool with a free id.

    A task's own coroutine costs one callback. End events of other code are enabled when it first runs as an inner coroutine.
    """

    name = 'sys.monitoring'

    def __init__(self, spans, contexts, reused, user_files):
        self._spans = spans
        self._contexts = contexts
        self._reused = reused
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
        spans, contexts, user_files, disable, inner = self._spans, self._contexts, self._user_files, mon.DISABLE, self._inner
        begin, broken = self._begin, spans.broken

        def end(frame, how):
            try:
                spans.end(frame, how)
                if contexts.frames:
                    contexts.end(frame, how)
            except Exception as error:
                broken(error)

        def on_start(code, offset):
            record = getattr(_running_loop(), '_coroscope', None)
            state = None
            if record is not None:
                state = record.current
                if state is not None and state.code is code and not state.begun:
                    state.begun = True
                    return None
            if not code.co_flags & FOLLOWED:
                return disable
            user = user_files[code.co_filename]
            context = code.co_name == ENTER or code.co_name == EXIT
            if not user and not context:
                return disable
            if record is None:
                return None
            try:
                if id(code) not in inner:
                    begin(code)
                frame = _getframe(1)
                if user:
                    spans.start(record, state, frame)
                if context:
                    contexts.start(record, state, frame)
            except Exception as error:
                broken(error)
            return None

        def on_return(code, offset, value):
            end(_getframe(1), RETURNED)

        def on_unwind(code, offset, error):
            if id(code) in inner:
                end(_getframe(1), how_raised(error))

        def on_yield(code, offset, value):
            if type(value).__name__ == 'async_generator_wrapped_value':
                try:
                    spans.item(_getframe(1))
                except Exception as error:
                    broken(error)

        def on_resume(code, offset):
            try:
                spans.resumed(_getframe(1))
            except Exception as error:
                broken(error)

        def on_throw(code, offset, thrown):
            if code.co_flags & CO_ASYNC_GENERATOR and id(code) in inner:
                try:
                    spans.thrown(_getframe(1), thrown)
                except Exception as error:
                    broken(error)

        reused = self._reused

        def on_handled(code, offset, error):
            if type(error) is RuntimeError and user_files[code.co_filename]:
                reused.handled(error)

        for event, callback in (
            (events.PY_START, on_start), (events.PY_RETURN, on_return), (events.PY_UNWIND, on_unwind), (events.PY_YIELD, on_yield),
            (events.PY_RESUME, on_resume), (events.PY_THROW, on_throw), (events.EXCEPTION_HANDLED, on_handled),
        ):
            mon.register_callback(tool, event, callback)
        mon.set_events(tool, events.PY_START | events.EXCEPTION_HANDLED)
        return True

    def _begin(self, code):
        """Enables the events for the end of coroutines of this code."""
        mon, tool = sys.monitoring, self._tool
        events = mon.events
        generates = code.co_flags & CO_ASYNC_GENERATOR
        local = events.PY_RETURN | (events.PY_YIELD | events.PY_RESUME if generates else 0)
        anywhere = events.PY_UNWIND | (events.PY_THROW if generates else 0)
        self._inner[id(code)] = code
        if sys.version_info >= (3, 15):
            local |= anywhere
        else:
            # This event can only be enabled for all code, so every exception of the program costs a call.
            mon.set_events(tool, mon.get_events(tool) | anywhere)
        mon.set_local_events(tool, code, local)

    def uninstall(self):
        tool, self._tool = self._tool, None
        if tool is None:
            return
        mon = sys.monitoring
        events = mon.events
        mon.set_events(tool, 0)
        for code in self._inner.values():
            mon.set_local_events(tool, code, 0)
        for event in (events.PY_START, events.PY_RETURN, events.PY_UNWIND, events.PY_YIELD, events.PY_RESUME, events.PY_THROW,
                      events.EXCEPTION_HANDLED):
            mon.register_callback(tool, event, None)
        mon.free_tool_id(tool)
        self._inner.clear()
