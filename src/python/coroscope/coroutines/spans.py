"""The user's inner coroutines and async generators: what drives them, where, what they yield, how they end."""

from ..records.kinds import ENDED, ITEM, STARTED, THROWN
from ..records.short_repr import shown_error
from .ends import CLOSED, why_closed


class Span:
    """``asked``: when a generator was asked for its next item; None between two items.

    ``by`` and ``site``: the task that asked, and where. Told when it asks: until 3.13 an exception that is thrown into a chain leaves out
    the frames between, and an item given then would seem to go to another.
    """

    __slots__ = ('number', 'record', 'code', 'asked', 'by', 'site', 'items')

    def __init__(self, number, record, code, asked, by, site):
        self.number = number
        self.record = record
        self.code = code
        self.asked = asked
        self.by = by
        self.site = site
        self.items = 0


class Spans:
    """Open spans by frame. A frame's awaiter is the next frame out that has a span.

    A task's own coroutine has no span: it lives from the task's first step to its last, which the steps record already.
    """

    def __init__(self, recorder):
        self._recorder = recorder
        self.broken = recorder.broken
        #: Code of the frame that runs a step: no awaiter is beyond it.
        self.limit = None
        self._open = {}

    def start(self, record, state, frame):
        """An inner coroutine's first instruction is about to run; ``state`` is that of the task that runs, or None."""
        recorder = self._recorder
        recorder.last_span += 1
        number = recorder.last_span
        code = frame.f_code
        time = recorder.clock.now()
        awaiter, site = self._awaiter(frame.f_back, state)
        task = state.id if state is not None else 0
        self._open[id(frame)] = Span(number, record, code, time, task, site)
        record.event(STARTED, time, number, task, recorder.places.code(code), awaiter, until=float(site))

    def _awaiter(self, frame, state):
        """(number of the span that drives one, 0 if that is the task's own coroutine or none; where in the user's code)."""
        opened = self._open
        limit = self.limit
        root = state.code if state is not None else None
        places = self._recorder.places
        site = 0
        while frame is not None:
            code = frame.f_code
            if code is limit:
                break
            if not site and places.user_files[code.co_filename]:
                site = places.site(places.root, code, frame.f_lasti).id
            known = opened.get(id(frame))
            if known is not None and known.code is code:
                return known.number, site
            if code is root:
                break
            frame = frame.f_back
        return 0, site

    def end(self, frame, how):
        span = self._open.pop(id(frame), None)
        if span is None:
            return
        record = span.record
        site = why = 0
        if how == CLOSED:
            site, why = why_closed(self._recorder.places, record, span.code, frame.f_back)
        record.event(ENDED, self._recorder.clock.now(), span.number, how, site, why)

    def is_open(self, frame):
        return id(frame) in self._open

    def of(self, frame):
        return self._open.get(id(frame))

    def take(self, frame_id):
        """Removes the span of a frame that has ended, and returns it, or None; ``ended_at`` records how it ended."""
        return self._open.pop(frame_id, None)

    @staticmethod
    def ended_at(span, time, turns, how, closed):
        """``closed``: (site, why) of one that was."""
        span.record.event(ENDED, time, span.number, how, *closed, turn=turns)

    def item(self, frame):
        """An async generator hands out an item."""
        span = self._open.get(id(frame))
        if span is None:
            return
        span.items += 1
        asked, span.asked = span.asked, None
        now = self._recorder.clock.now()
        span.record.event(ITEM, now if asked is None else asked, span.number, span.items, span.site, span.by, until=now)

    def resumed(self, frame):
        """An async generator resumes after an item."""
        span = self._open.get(id(frame))
        if span is not None and span.asked is None:
            self._ask(span, frame)

    def _ask(self, span, frame):
        recorder = self._recorder
        span.asked = recorder.clock.now()
        state = span.record.current
        span.by = state.id if state is not None else 0
        span.site = recorder.places.running_site(frame.f_back)

    def thrown(self, frame, error):
        """``athrow`` throws an exception into an async generator that is suspended at an item. ``aclose`` is recorded as its end."""
        span = self._open.get(id(frame))
        if span is None or span.asked is not None:
            return
        self._ask(span, frame)
        if not isinstance(error, GeneratorExit):
            span.record.event(THROWN, span.asked, span.number, span.by, self._recorder.text(shown_error(error)), span.site)
