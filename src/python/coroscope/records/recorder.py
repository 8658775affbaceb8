"""Collects records in flat lists and streams them out. Nothing here knows asyncio."""

import collections
import contextlib
import json
import os
import threading
import traceback
import weakref

from ..resources.resources import Resources
from ..source.places import Places
from . import wire
from .definitions import Definitions
from .kinds import ERROR, LOOP, STOP
from .loop_record import EVENT_BYTES, LoopRecord, Outside
from .never_retrieved import NeverRetrieved
from .signal_safety import BlockSignals

#: Reason of the ``stop`` record where the tracer itself failed.
TRACER = 'tracer'

#: Turns between two writes of a long record: enough to pack in bulk, little to lose.
BATCH = 2048


class Recorder:
    """One trace. ``write`` takes bytes; an exception of it turns recording off, and is not raised further."""

    def __init__(self, write, clock, meta):
        self._write = write
        self.clock = clock
        self._meta = meta
        self._begun = False
        # Only one thread writes at a time, and only one numbers definitions.
        self._writing = threading.RLock()
        self.defining = threading.RLock()
        #: Bytes are being written: to a pipe that is full that lasts for as long as its reader takes.
        self._sending = False
        self._notes = collections.deque()
        self._last_job = 0
        #: Jobs that have not ended: they may call back.
        self.open_jobs = {}
        #: Turns of a loop after which the program is stopped.
        self.most_turns = float('inf')
        #: Least number of turns between two writes.
        self.least_turns = 8
        #: And at most.
        self.batch = BATCH
        self.on = True
        #: What was recorded is written as soon as all loops wait: the process may be killed at any time.
        self.writes_when_idle = False
        #: Seconds after which what was recorded is written as a complete batch; 0: once there is enough of it.
        self.completes_every = 0
        #: The tracer itself failed: nothing is recorded any more, except the end of the program.
        self.failed = False
        self._gone = False
        #: Called once when recording is over before the program is.
        self.withdraw = lambda: None
        #: Called in a forked child.
        self.in_child = lambda: None
        #: Output that is being written, piece by piece (``output.Output``).
        self.pending_output = None
        #: Whether ``TaskState.begun`` is true of every task.
        self.knows_beginnings = False
        #: Tasks that failed (``never_retrieved.NeverRetrieved``).
        self.lost = NeverRetrieved(self)
        #: Checks errors for coroutines that are awaited again (``awaited_twice.Reused``).
        self.reused = None
        #: Changed waits (``what_if.WhatIf``).
        self.what_if = None
        #: Samples long steps (``sampling.Sampler``).
        self.sampler = None
        #: Tasks that serve requests (``requests.serving.Serving``).
        self.serving = None
        #: What ``time.sleep`` did on the virtual clock (``sleeps.Sleeps``).
        self.sleeps = None
        #: Whether what was asked of known libraries is told (``libraries``).
        self.library_calls = True
        self.loops = []
        self.last_task = 0
        #: Number of tasks whose arguments are still to be recorded.
        self.arguments_left = 0
        #: Number in the default name that a task had last.
        self.last_name = 0
        self.last_span = 0
        #: Number of the last span that the program named, or request.
        self.last_named_span = 0
        self.last_group = 0
        self._definitions = definitions = Definitions(self.defining, lambda: self.places.forget_waits())
        self.define, self.text, self.wait = definitions.define, definitions.text, definitions.wait
        self.places = Places(self.define, self.text, self.defining)
        self.resources = Resources(self)
        #: Events of no loop: output before the loop starts, errors after it.
        self.outside = Outside(0, self)

    def new_job(self):
        """A number for a job, from any thread."""
        with self.defining:
            self._last_job += 1
            return self._last_job

    def note(self, record, kind, time, a=0, b=0, c=0, d=0, turn=None, until=None):
        """Like ``record.event``, from any thread. Texts are numbered later; a pair in ``c`` defines job ``a``: (kind, label)."""
        self._notes.append((record.id, time, time if until is None else until, kind, record.turns if turn is None else turn, a, b, c, d))

    def open_loop(self, loop, kind=LoopRecord, foreign=''):
        """Starts the record of a loop. ``foreign``: the class of a loop that is not one of asyncio's."""
        with self.defining:
            record = kind(len(self.loops) + 1, self)
            record.loop = weakref.ref(loop)
            # It may be used first from another thread than the one it runs in.
            record.thread = thread = getattr(loop, '_thread_id', None) or threading.get_ident()
            self.loops.append(record)
        record.event(LOOP, self.clock.now(), record.id, 1, self.text(thread_name(thread)), self.text(foreign) if foreign else 0)
        self.busy()
        return record

    def busy(self):
        """A loop begins, or continues after a wait."""
        sampler = self.sampler
        if sampler is not None and sampler.dozing:
            sampler.rouse()

    def close_loop(self, record):
        """The loop is closed: nothing more is added to ``record``."""
        record.event(LOOP, self.clock.now(), record.id, 2)
        record.thread = None

    def begin(self, origin):
        """Writes the header before the program's first line, so that there is a trace however it ends."""
        if not self._begun:
            if hasattr(os, 'register_at_fork'):
                # It cannot be unregistered, so it must not keep the recorder alive.
                forked = weakref.WeakMethod(self.forked)
                os.register_at_fork(after_in_child=lambda: (forked() or int)())
            self._send(wire.header() + wire.json_chunk(b'META', dict(self._meta, origin=origin)))
            # Loops of other threads may run already: what they write comes behind.
            self._begun = True

    def flush(self):
        """Writes what was recorded on this thread, and outside of loops. Does nothing while another thread writes."""
        if not self.on or not self._begun or not self._writing.acquire(blocking=False):
            return
        try:
            with BlockSignals():
                self._write_out(threading.get_ident())
        except Exception as error:
            self.broken(error)
        finally:
            self._writing.release()

    @contextlib.contextmanager
    def whole_file(self, flush=True):
        """While it is open, what was recorded on this thread is written (unless ``flush`` is false), and nothing else is."""
        with self._writing:
            if flush:
                self.flush()
            yield

    def flush_while_running(self):
        """Writes everything, called in the sampler's thread while a step is running."""
        if not self.on or not self._begun or not self._writing.acquire(blocking=False):
            return
        try:
            self._write_out(None, running=True)
        except Exception as error:
            self.broken(error)
        finally:
            self._writing.release()

    def _write_out(self, thread, running=False):
        """``thread`` None: writes everything, though other threads may be running; ``running``: they are."""
        with self.defining:
            if self.pending_output is not None:
                self.pending_output.write()
                self.pending_output = None
        if self.sleeps is not None:
            self.sleeps.write()
        noted = self._take_notes()
        if not running:
            self.resources.before_flush()
        # Take the rows first: what they refer to is defined by then.
        rows = []
        for record in (self.outside, *self.loops):
            if thread is not None and record.thread is not None and record.thread != thread:
                continue
            with self.defining:
                if running:
                    record.copy_events()
                    record.copy_steps()
                else:
                    record.roll_events()
                    record.roll_steps()
                parts, record.parts = record.parts, []
            rows += parts
            uses = taken(record.uses, wire.USE_WIDTH)
            if uses:
                rows.append(wire.use_chunk(record.id, uses))
        for number, packed in noted.items():
            rows.append(wire.rows_chunk(b'EVNT', number, EVENT_BYTES, b''.join(packed)))
        self.places.resolve_new()
        defs = taken(self._definitions.rows)
        if defs:
            rows.insert(0, wire.lines_chunk(b'DEFS', defs))
        if rows:
            # In the middle of a step a batch is not complete.
            self._send(b''.join(rows if running else [*rows, wire.MARK]))

    def _take_notes(self):
        """Rows of events by loop."""
        rows = {}
        notes = self._notes
        for _ in range(len(notes)):
            number, time, until, kind, turn, a, b, c, d = notes.popleft()
            if type(c) is tuple:
                self.define('job', a, *c)
                c = 0
            elif type(c) is str:
                c = self.text(c)
            rows.setdefault(number, []).append(wire.EVENT.pack(time, until, kind, turn, a, b, c, d))
        return rows

    def due(self, record):
        """Called between turns. Flushes more and more rarely: little is lost if a program dies early, and long runs stay cheap."""
        thread = threading.get_ident()
        if record.thread != thread:
            with self._writing:
                record.thread = thread
            record.event(LOOP, self.clock.now(), record.id, 3, self.text(thread_name(thread)))
        self.flush()
        record.next_flush = record.turns + max(1, min(max(self.least_turns, min(self.batch, record.turns // 4)), self.most_turns - record.turns))

    def end(self, code):
        """The last chunk; nothing is recorded after it."""
        if not self.on:
            if self.failed and not self._gone:
                self._gone = True
                self._send(wire.json_chunk(b'END ', {'exit': code, 'turns': sum(record.turns for record in self.loops)}))
            return
        self.begin(self.clock.now())
        if self.sampler is not None:
            self.sampler.finish()
        # Another thread that takes rows soon finishes, unless it waits for a lock of this thread. Wait for a thread that sends.
        held = self._writing.acquire(timeout=1)
        while not held and self._sending:
            held = self._writing.acquire(timeout=1)
        try:
            with BlockSignals():
                self._write_out(None)
                self._send(wire.json_chunk(b'END ', {'exit': code, 'turns': sum(record.turns for record in self.loops)}))
                self.on = False
        finally:
            if held:
                self._writing.release()

    def forked(self):
        """This process is a child of the traced one: the trace is not its own, and whoever held a lock is not here."""
        self.on = False
        self._gone = True
        self._writing = threading.RLock()
        self.defining = self._definitions.defining = self.places.defining = threading.RLock()
        self.in_child()

    def error(self, kind, time, error_type, message, trace='', task=0, site=0, record=None, held=(), turn=None):
        """An error of the program (1 uncaught, 2 loop exception handler, 3 exception never retrieved) or of the tracer (4).

        ``held``: of a group, (type, message, site) of the exceptions in it.
        """
        told = {'type': error_type, 'message': message, 'traceback': trace}
        if held:
            told['holds'] = held
        text = json.dumps(told)
        (record or self.outside).event(ERROR, time, task, site, self.text(text), kind, turn=turn)

    def broken(self, error):
        """The tracer itself failed: the record ends here and says so. The program goes on, untraced.

        A recursion that came too deep and memory that ran out are the program's own affair: what could not be told just then is left out.
        """
        if self.failed or not self.on or isinstance(error, (RecursionError, MemoryError)):
            return
        self.failed = True
        try:
            self._last_words(error)
        except Exception:
            # Even that cannot be recorded.
            pass
        self.off()

    def _last_words(self, error):
        time = self.clock.now()
        trace = ''.join(traceback.format_exception(type(error), error, error.__traceback__))
        at = traceback.extract_tb(error.__traceback__)[-1:]
        where = f' ({os.path.basename(at[0].filename)}:{at[0].lineno})' if at else ''
        what = f'{type(error).__name__}: {error}{where}'
        told = {'type': type(error).__name__, 'message': str(error), 'traceback': trace}
        try:
            self._write_out(None)
        except Exception:
            # Writing may be what failed.
            pass
        texts = []
        for value in (told, {'reason': TRACER, 'message': what}):
            texts.append(('str', self._definitions.unlisted_text(), json.dumps(value)))
        rows = [wire.EVENT.pack(time, time, ERROR, 0, 0, 0, texts[0][1], 4), wire.EVENT.pack(time, time, STOP, 0, 0, 0, texts[1][1], 0)]
        self._send(wire.lines_chunk(b'DEFS', texts) + wire.rows_chunk(b'EVNT', 0, EVENT_BYTES, b''.join(rows)))

    def off(self):
        """Turns recording off for good."""
        self.on = False
        withdraw, self.withdraw = self.withdraw, lambda: None
        try:
            withdraw()
        except Exception:
            pass

    def _send(self, data):
        self._sending = True
        try:
            self._write(data)
        except Exception:
            # The reader of the trace is gone, or the disk is full. The program continues untraced.
            self._gone = True
            self.off()
        finally:
            self._sending = False


def taken(items, width=1):
    """Removes and returns the items of a list to which other threads may append, ``width`` at a time."""
    whole = len(items) - len(items) % width
    found = items[:whole]
    del items[:whole]
    return found


def thread_name(ident):
    # ``threading.current_thread()`` would invent a thread object where Python knows none.
    thread = threading._active.get(ident)
    return thread.name if thread is not None else ''
