"""Requests: tasks that a server of a known library makes to answer one. They are told by the code of their coroutines."""

import sys
from json.encoder import encode_basestring_ascii as quoted

from ..records.kinds import REQUEST, SPAN_ENDED, SPAN_TOLD
from ..records.short_repr import shown_error
from . import aiohttp_server, asgi, websockets_server
from .labels import CANCELLED, ENDED, RAISED, new_span

#: Texts of what is told of requests that are remembered: requests of one route are told alike.
MOST_TEXTS = 1000

#: What is looked for once a module was imported, by its name.
LIBRARIES = {**aiohttp_server.MODULES, **asgi.MODULES, **websockets_server.MODULES}


class Request:
    """A request that a task serves. ``library`` tells of it; ``things`` are those of the library's objects that it asks."""

    __slots__ = ('state', 'number', 'library', 'things', 'told', 'began')

    def __init__(self, state, number, library, things):
        self.state = state
        self.number = number
        self.library = library
        self.things = things
        #: Fields that were recorded: what is known later is recorded then.
        self.told = {}
        self.began = 0.0


class Serving:
    """``codes``: ``id`` of a code → (the code, what knows its library). Such an object has ``things(names)``, what to ask later, by the variables
    of the coroutine, or None; ``began(names)``, if any: the loop's time when one began that runs already; ``begun(request)``, if any, which is
    called then; ``first(things)``, the fields that are known when the task begins; ``later(things, places, result)``, those that are known at
    its end: ``result`` is the task's, where it has one.
    """

    def __init__(self, recorder):
        self.recorder = recorder
        self.codes = {}
        self.modules_seen = -1
        self.open = {}
        self._found = set()
        self._texts = {}
        self._undo = []
        #: ``slow(name, seconds)`` is called for each that took at least so many seconds.
        self.slow_after = float('inf')
        self.slow = None

    def look(self):
        """Looks for libraries that were imported since the last time."""
        seen = len(sys.modules)
        for name, install in LIBRARIES.items():
            module = sys.modules.get(name)
            if module is None or name in self._found:
                continue
            if getattr(getattr(module, '__spec__', None), '_initializing', False):
                # Its classes may not be there yet.
                seen = -1
                continue
            self._found.add(name)
            try:
                install(self, module)
            except (AttributeError, TypeError):
                # Another version of the library: its requests stay what they are, tasks.
                continue
        self.modules_seen = seen

    def serves(self, function, library):
        """Tasks of this coroutine function serve a request each."""
        code = function.__code__
        self.codes[id(code)] = code, library

    def watch(self, owner, name, noted):
        """Calls ``noted(thing, value)`` after the attribute of a thing of this class was set. Reading it stays as it was: the value is in the
        object's own ``__dict__``."""
        if name in vars(owner) or '__slots__' in vars(owner):
            return
        setattr(owner, name, SetOnly(self.recorder, name, noted))
        self._undo.append(lambda: delattr(owner, name))

    def uninstall(self):
        self.codes.clear()
        while self._undo:
            self._undo.pop()()

    def begin(self, state, coro, time):
        """A task was made whose coroutine serves a request."""
        library = self.codes[id(coro.cr_code)][1]
        frame = coro.cr_frame
        if frame is None:
            return
        names = frame.f_locals
        things = library.things(names)
        began = library.began(names) if state.begun and library.began is not None else None
        if type(names) is dict:
            # Before 3.13 the frame keeps this copy, and would hold the values for as long as it lives.
            names.clear()
        if things is None:
            return
        if type(began) is float:
            time = min(time, began + self.recorder.clock.loop_to_clock())
        request = state.request = Request(state, new_span(self.recorder), library, things)
        request.began = time
        self.open[request.number] = request
        if library.begun is not None:
            library.begun(request)
        request.told = fields = library.first(things)
        state.record.event(REQUEST, time, state.id, request.number, self.recorder.text(as_json(fields.items())))

    def tell(self, request, fields):
        """More is known of a request."""
        told = request.told
        new = tuple([each for each in fields.items() if each[1] and told.get(each[0]) != each[1]])
        if new:
            told.update(new)
            text = self._texts.get(new)
            if text is None:
                if len(self._texts) >= MOST_TEXTS:
                    self._texts.clear()
                text = self._texts[new] = as_json(new)
            time = self.recorder.clock.now()
            request.state.record.event(SPAN_TOLD, time, request.state.id, request.number, self.recorder.text(text))

    def answered(self, request, time=None):
        """Its answer is complete; the task may have more to do."""
        self._end(request, self.recorder.clock.now() if time is None else time, ENDED)

    def task_ended(self, state, task, time):
        request = state.request
        state.request = None
        if request.number not in self.open:
            return
        error = getattr(task, '_exception', None)
        result = None if error is not None or task.cancelled() else getattr(task, '_result', None)
        how = CANCELLED if task.cancelled() else RAISED if error is not None else ENDED
        self._end(request, time, how, shown_error(error) if how == RAISED else '', result)

    def _end(self, request, time, how, text='', result=None):
        if self.open.pop(request.number, None) is None:
            return
        self.tell(request, request.library.later(request.things, self.recorder.places, result))
        request.things = None
        recorder = self.recorder
        request.state.record.event(SPAN_ENDED, time, request.state.id, request.number, recorder.text(text) if text else 0, how)
        if time - request.began >= self.slow_after:
            self.slow(request.told.get('name'), time - request.began)

    def finish(self):
        """The record ends: what is known of requests that are still being answered."""
        for request in list(self.open.values()):
            self.tell(request, request.library.later(request.things, self.recorder.places, None))


def as_json(fields):
    """A JSON object of what is known. By hand: an encoder takes three times as long."""
    return '{' + ','.join([f'"{name}":{value if type(value) is int else quoted(value)}' for name, value in fields if value]) + '}'


class SetOnly:
    """Stands for an attribute of a class's objects. It has no ``__get__``: they are read from the object itself, as ever."""

    __slots__ = ('_recorder', '_name', '_noted')

    def __init__(self, recorder, name, noted):
        self._recorder = recorder
        self._name = name
        self._noted = noted

    def __set__(self, thing, value):
        thing.__dict__[self._name] = value
        if not self._recorder.on:
            return
        try:
            self._noted(thing, value)
        except Exception as error:
            self._recorder.broken(error)
