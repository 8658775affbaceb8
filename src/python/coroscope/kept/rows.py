"""Rows of chunks as columns: what is asked of many of them at once costs little that way."""

import sys
from array import array

from ..records import wire
from ..records.kinds import HELD, STARTED, TASK

#: Of a row, counted in its own numbers: 8 bytes for times, 4 for others.
STEP_TIMES, STEP_NUMBERS, EVENT_TIMES, EVENT_NUMBERS = 6, 12, 5, 10
STEP_WAIT, STEP_TURN, EVENT_KIND, EVENT_TURN, EVENT_C = 9, 11, 4, 5, 8
HEAD = 16
#: The second time of these is a number.
NUMBERED = (TASK, STARTED)


def column(kind, data):
    """The bytes behind a chunk's head as ``kind`` of array. The format is little-endian."""
    found = array(kind)
    found.frombytes(data)
    if sys.byteorder == 'big':
        found.byteswap()
    return found


def bytes_of(values):
    if sys.byteorder == 'big':
        values.byteswap()
    return values.tobytes()


def last_time(tag, count, data):
    """The latest time of a chunk of rows."""
    if count == 0:
        return float('-inf')
    if tag == b'USES':
        return max(column('d', data[HEAD:HEAD + 8 * count]))
    width, at = (STEP_TIMES, 2) if tag == b'STEP' else (EVENT_TIMES, 0)
    return max(column('d', data[HEAD:HEAD + 8 * width * count])[at::width])


def shifted(tag, count, data, begin, base):
    """The chunk as it stands in a record that begins at the time ``begin``, and with turn ``base`` of its loop."""
    if count == 0:
        return data
    if tag == b'EVNT':
        return _events(data, begin, base)
    head, body = data[:HEAD], data[HEAD:]
    if tag == b'USES':
        times = array('d', [max(each, begin) for each in column('d', body[:8 * count])])
        numbers = column('I', body[8 * count:])
        numbers[3 * count:] = _turns(numbers[3 * count:], base)
        return head + bytes_of(times) + bytes_of(numbers)
    numbers = column('I', body)
    numbers[STEP_TURN::STEP_NUMBERS] = _turns(numbers[STEP_TURN::STEP_NUMBERS], base)
    body = bytes_of(numbers)
    if min(column('d', body)[1::STEP_TIMES]) < begin or _ready_before(body, begin):
        body = b''.join([
            # A step that was ready at once says 0.
            wire.STEP.pack(made and max(made, begin), max(start, begin), max(end, begin), *more)
            for made, start, end, *more in wire.STEP.iter_unpack(body)
        ])
    return head + body


def _ready_before(body, begin):
    return any(0 < made < begin for made in column('d', body)[0::STEP_TIMES])


def _turns(values, base):
    return array('I', [value - base if value > base else 0 for value in values])


def _events(data, begin, base):
    """Samples of a turn that is not there any more go: moved to the beginning they would blame another turn."""
    loop = data[12:HEAD]
    body = b''.join([
        wire.EVENT.pack(max(t0, begin), t1 if kind in NUMBERED else max(t1, begin), kind, turn - base if turn > base else 0, *more)
        for t0, t1, kind, turn, *more in wire.EVENT.iter_unpack(data[HEAD:])
        if kind != HELD or turn >= base
    ])
    return wire.rows_chunk(b'EVNT', int.from_bytes(loop, 'little'), wire.EVENT.size, body)
