"""The last seconds of a trace, while it grows."""

import json
from collections import deque
from struct import unpack_from

from ..records import wire
from ..records.kinds import CALLBACK
from . import rows
from .definitions import KeptDefinitions
from .open_items import OpenItems

HEADER_BYTES = len(wire.header())
_ROWS = (b'STEP', b'EVNT', b'USES')


class Batch:
    """What was written at one time: (tag, number of rows, loop, bytes) of each chunk."""

    __slots__ = ('number', 'chunks', 'bytes', 'last')

    def __init__(self, number):
        self.number = number
        self.chunks = []
        self.bytes = 0
        self.last = float('-inf')


class Ring:
    """``write`` takes whole chunks, by one thread at a time. ``seconds``: how much is kept; ``most``: and not more than so many bytes of rows."""

    def __init__(self, seconds, most):
        self._seconds = seconds
        self._most = most
        self._definitions = KeptDefinitions()
        self._open = OpenItems()
        self._meta = {}
        self._end = b''
        self._batches = deque([Batch(1)])
        self._bytes = 0
        self._last = float('-inf')
        #: When the window begins, once something was dropped; and how many turns of each loop came before.
        self._begin = None
        self._base = {}

    def write(self, data):
        at = HEADER_BYTES if data.startswith(wire.MAGIC) else 0
        while at + 8 <= len(data):
            tag, length = unpack_from('<4sI', data, at)
            self._add(tag, data[at:at + 8 + length])
            at += 8 + length
        self._drop()

    def _add(self, tag, chunk):
        batch = self._batches[-1]
        if tag in _ROWS:
            count, loop = unpack_from('<II', chunk, 8)
            batch.chunks.append((tag, count, loop, chunk))
            batch.bytes += len(chunk)
            self._bytes += len(chunk)
            batch.last = max(batch.last, rows.last_time(tag, count, chunk))
            self._last = max(self._last, batch.last)
        elif tag == b'DEFS':
            self._definitions.add(chunk[8:], batch.number)
        elif tag == b'MARK':
            self._batches.append(Batch(batch.number + 1))
        elif tag == b'META':
            self._meta = json.loads(chunk[8:])
        elif tag == b'END ':
            self._end = chunk

    def _drop(self):
        dropped = False
        batches = self._batches
        while len(batches) > 1 and (batches[0].last < self._last - self._seconds or self._bytes > self._most):
            batch = batches.popleft()
            dropped = True
            self._bytes -= batch.bytes
            for tag, count, loop, chunk in batch.chunks:
                turns = 0
                if tag == b'STEP':
                    turns = count
                    self._open.steps(chunk[rows.HEAD:])
                elif tag == b'EVNT':
                    turns = self._open.events(loop, chunk[rows.HEAD:])
                if turns:
                    self._base[loop] = self._base.get(loop, 0) + turns
            if batch.chunks:
                self._begin = batch.last if self._begin is None else max(self._begin, batch.last)
        if dropped:
            self._definitions.drop(batches[0].number, self._in_use)

    def _in_use(self):
        waits, texts = self._open.waits(), self._open.texts()
        for batch in self._batches:
            for tag, _, _, chunk in batch.chunks:
                if tag == b'STEP':
                    waits.update(rows.column('I', chunk[rows.HEAD:])[rows.STEP_WAIT::rows.STEP_NUMBERS])
                elif tag == b'EVNT':
                    numbers = rows.column('I', chunk[rows.HEAD:])
                    named = zip(numbers[rows.EVENT_KIND::rows.EVENT_NUMBERS], numbers[rows.EVENT_C::rows.EVENT_NUMBERS])
                    texts.update(text for kind, text in named if kind == CALLBACK)
        return {'wait': waits, 'str': texts}

    def kept(self, whole=False):
        """What there is now, to be put together later, in any thread. ``whole``: without the batch that is not complete, in whose middle a step
        may be."""
        batches = list(self._batches)[:-1] if whole else self._batches
        chunks = [chunk for batch in batches for chunk in batch.chunks]
        events = [] if self._begin is None else self._open.all()
        return Kept(self._meta, self._definitions.lines(), events, chunks, self._begin, dict(self._base), self._end)


class Kept:
    def __init__(self, meta, lines, events, chunks, begin, base, end):
        self._meta = meta
        self._lines = lines
        self._events = events
        self._chunks = chunks
        self._begin = begin
        self._base = base
        self._end = end

    def parts(self, end=b''):
        """The bytes of a trace. ``end``: its last chunk, if the record goes on."""
        begin = self._begin
        meta = self._meta if begin is None else dict(self._meta, clipped=True, origin=begin)
        yield wire.header() + wire.json_chunk(b'META', meta)
        yield wire.padded_chunk(b'DEFS', b'\n'.join(self._lines) + b'\n')
        if begin is None:
            yield from [chunk for _, _, _, chunk in self._chunks]
        else:
            yield from self._opened(begin)
            for tag, count, loop, chunk in self._chunks:
                yield rows.shifted(tag, count, chunk, begin, self._base.get(loop, 0))
        yield self._end or end

    def _opened(self, begin):
        loops = {}
        for loop, _, t1, kind, _, *more in self._events:
            loops.setdefault(loop, []).append(wire.EVENT.pack(begin, t1 if kind in rows.NUMBERED else begin, kind, 0, *more))
        for loop, packed in loops.items():
            yield wire.rows_chunk(b'EVNT', loop, wire.EVENT.size, b''.join(packed))
