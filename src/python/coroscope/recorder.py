"""Collects records in flat lists and streams them out. Nothing here knows asyncio."""

import json
import traceback
import weakref

from . import wire
from .places import Places

IDLE, CALLBACK, TASK, NAME, DONE, STARTED, ENDED, OUTPUT, ERROR, GROUPED, NEVER_AWAITED, LOOP, STOP, CUT, WOKEN = range(1, 16)
UNBEGUN = 24

#: Once a record is long, it is written in pieces of this many turns: enough to pack in bulk, little to lose.
BATCH = 2048
#: Strings longer than this are cut: a program that prints a book is still one that can be looked at.
LONGEST_TEXT = 10_000
#: Interned strings are forgotten beyond this many, so that memory stays bounded; they get new numbers when they come again.
MOST_TEXTS = 50_000


class LoopRecord:
    """What is recorded of one event loop, and what it is doing just now.

    ``steps`` and ``events`` are flat lists of the widths in ``wire``. ``turns`` counts steps, callbacks and idle waits that have ended.
    ``current`` is the state of the task whose step runs; in a callback it is None, and ``origin`` says what made the callback run.
    """

    __slots__ = ('id', 'recorder', 'steps', 'events', 'turns', 'current', 'origin', 'origin_task', 'due', 'next_flush', 'group', 'loop')

    def __init__(self, number, recorder):
        self.id = number
        self.recorder = recorder
        self.steps = []
        self.events = []
        self.turns = 0
        self.current = None
        self.origin = 0
        self.origin_task = 0
        self.due = 0.0
        self.next_flush = 8
        self.group = None
        #: Weak reference to the loop, once it is known.
        self.loop = None

    def event(self, kind, time, a=0, b=0, c=0, d=0, until=None):
        self.events += (time, time if until is None else until, kind, self.turns, a, b, c, d)


class Recorder:
    """One trace. ``write`` takes bytes; what it raises switches recording off and reaches nobody."""

    def __init__(self, write, clock, meta):
        self._write = write
        self.clock = clock
        self._meta = meta
        self._defs = []
        self._texts = {}
        self._text_count = 0
        self._waits = {}
        self._wait_count = 0
        self._begun = False
        self.on = True
        self.failed = False
        #: Output that is being written, piece by piece (``output.Output``).
        self.pending_output = None
        #: Whether it is seen how coroutines begin (``monitor``).
        self.follows_coroutines = False
        self.loops = []
        self.last_task = 0
        self.last_span = 0
        self.last_group = 0
        self.places = Places(self.define, self.text)
        #: Events of no loop: output before the loop starts, errors after it.
        self.outside = LoopRecord(0, self)

    def define(self, *row):
        self._defs.append(row)

    def text(self, text):
        """Number of a string."""
        number = self._texts.get(text)
        if number is None:
            if len(self._texts) >= MOST_TEXTS:
                self._texts.clear()
            self._text_count += 1
            number = self._texts[text] = self._text_count
            shown = text if len(text) <= LONGEST_TEXT or text.startswith('{"type"') else text[:LONGEST_TEXT] + '…'
            self.define('str', number, shown)
        return number

    def wait(self, kind, label, fields, key=None):
        """Number of a thing waited for; ``key`` (default: kind and label) tells whether it is the same thing."""
        key = (kind, label, key)
        number = self._waits.get(key)
        if number is None:
            if len(self._waits) >= MOST_TEXTS:
                self._waits.clear()
            self._wait_count += 1
            number = self._waits[key] = self._wait_count
            self.define('wait', number, kind, label, fields)
        return number

    def open_loop(self, loop):
        record = LoopRecord(len(self.loops) + 1, self)
        record.loop = weakref.ref(loop)
        self.loops.append(record)
        record.event(LOOP, self.clock.now(), record.id, 1)
        return record

    def begin(self, origin):
        """Writes the header, before the program's first line: whatever ends it, there is a trace."""
        if not self._begun:
            self._begun = True
            self._send(wire.header() + wire.json_chunk(b'META', dict(self._meta, origin=origin)))

    def flush(self):
        if not self.on or not self._begun:
            return
        if self.pending_output is not None:
            self.pending_output.write()
            self.pending_output = None
        self.places.resolve_new()
        parts = []
        if self._defs:
            defs, self._defs = self._defs, []
            parts.append(wire.lines_chunk(b'DEFS', defs))
        for record in (self.outside, *self.loops):
            steps, events = record.steps, record.events
            if events:
                parts.append(wire.event_chunk(record.id, events))
                del events[:]
            if steps:
                parts.append(wire.step_chunk(record.id, steps))
                del steps[:]
        self._send(b''.join(parts))

    def due(self, record):
        """Called between turns. Flushes ever more rarely: a program that dies early leaves most of its record, a long one is cheap."""
        self.flush()
        record.next_flush = record.turns + max(8, min(BATCH, record.turns // 4))

    def end(self, code):
        """The last chunk; nothing is recorded after it."""
        if not self.on:
            return
        self.begin(self.clock.now())
        self.flush()
        self._send(wire.json_chunk(b'END ', {'exit': code, 'turns': sum(record.turns for record in self.loops)}))
        self.on = False

    def error(self, kind, time, error_type, message, trace='', task=0, site=0, record=None):
        """An error of the program (1 uncaught, 2 loop exception handler, 3 exception never retrieved) or of the tracer (4)."""
        text = json.dumps({'type': error_type, 'message': message, 'traceback': trace})
        (record or self.outside).event(ERROR, time, task, site, self.text(text), kind)

    def broken(self, error):
        """The tracer itself failed: it says so in the trace, once, and goes on without what it could not tell."""
        if not self.failed:
            self.failed = True
            trace = ''.join(traceback.format_exception(type(error), error, error.__traceback__))
            self.error(4, self.clock.now(), type(error).__name__, str(error), trace)

    def _send(self, data):
        try:
            self._write(data)
        except Exception:
            # Whoever read the trace is gone. The program goes on untraced.
            self.on = False
