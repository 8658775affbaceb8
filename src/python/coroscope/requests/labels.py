"""``coroscope.label()`` and ``coroscope.span()`` while a program is recorded. The package itself has what they are otherwise: nothing."""

import asyncio
import sys

from ..records.kinds import LABEL, SPAN, SPAN_ENDED
from ..records.short_repr import shown_error
from ..watch.output import running

LONGEST = 200
ENDED, RAISED, CANCELLED = 1, 2, 3

#: What records this program now.
_recorder = None


def use(recorder):
    """Takes labels and spans from now on; None: no more."""
    global _recorder
    _recorder = recorder


def label(text):
    recorder = _recorder
    if recorder is None or not recorder.on:
        return
    try:
        record, task = running(recorder)
        if task:
            record.event(LABEL, recorder.clock.now(), task, recorder.text(_shown(text)))
    except Exception as error:
        recorder.broken(error)


def begin(name):
    """A span begins in the program's frame two further out. What ``end`` takes, or None."""
    recorder = _recorder
    if recorder is None or not recorder.on:
        return None
    try:
        record, task = running(recorder)
        site = recorder.places.running_site(sys._getframe(2))
        number = new_span(recorder)
        record.event(SPAN, recorder.clock.now(), task, number, recorder.text(_shown(name)), site)
        return recorder, task, number
    except Exception as error:
        recorder.broken(error)
        return None


def end(begun, error):
    recorder, task, number = begun
    if not recorder.on:
        return
    try:
        # It may end in another task than it began in, or in none; it is the one's in which it began.
        record, _ = running(recorder)
        how = ENDED if error is None else CANCELLED if isinstance(error, asyncio.CancelledError) else RAISED
        text = recorder.text(shown_error(error)) if how == RAISED else 0
        record.event(SPAN_ENDED, recorder.clock.now(), task, number, text, how)
    except Exception as failure:
        recorder.broken(failure)


def new_span(recorder):
    with recorder.defining:
        recorder.last_named_span += 1
        return recorder.last_named_span


def _shown(text):
    # A subclass may do anything where it is sliced; what is no text is told by its type alone.
    text = str.__str__(text) if isinstance(text, str) else f'<{type(text).__qualname__}>'
    return text if len(text) <= LONGEST else text[:LONGEST - 1] + '…'
