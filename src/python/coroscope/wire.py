"""The one writer of the trace format (``docs/trace-format.md``)."""

import functools
import json
import struct

MAGIC = b'\x89CORO\r\n\x1a'
VERSION = (1, 1)

#: Values a step, an event and a use of a resource take in a flat buffer, in this order.
STEP_WIDTH = 9
EVENT_WIDTH = 8
USE_WIDTH = 5


def header():
    return MAGIC + struct.pack('<HHI', VERSION[0], VERSION[1], 0)


def text_chunk(tag, text):
    data = text.encode('utf-8', 'backslashreplace')
    data += b' ' * (-len(data) % 8)
    return struct.pack('<4sI', tag, len(data)) + data


def json_chunk(tag, value):
    return text_chunk(tag, json.dumps(value, separators=(',', ':'), sort_keys=True))


def step_chunk(loop, flat):
    """Packs steps from a flat list: ready, waker, cause, seq, start, end, task, site, wait; again and again."""
    count = len(flat) // STEP_WIDTH
    return _chunk(b'STEP', loop, count, [flat[0::9], flat[4::9], flat[5::9]],
                  [flat[6::9], flat[1::9], flat[2::9], flat[7::9], flat[8::9], flat[3::9]])


def event_chunk(loop, flat):
    """Packs events from a flat list: t0, t1, kind, seq, a, b, c, d; again and again."""
    count = len(flat) // EVENT_WIDTH
    return _chunk(b'EVNT', loop, count, [flat[0::8], flat[1::8]], [flat[i::8] for i in range(2, 8)])


def use_chunk(loop, flat):
    """Packs uses of resources from a flat list: time, resource and kind, value, task, seq; again and again."""
    count = len(flat) // USE_WIDTH
    return _chunk(b'USES', loop, count, [flat[0::5]], [flat[i::5] for i in range(1, 5)])


def _chunk(tag, loop, count, times, numbers):
    floats, integers = _packers(count)
    body = b''.join([floats.pack(*column) for column in times] + [integers.pack(*column) for column in numbers])
    return struct.pack('<4sIII', tag, len(body) + 8, count, loop) + body


@functools.lru_cache(maxsize=8)
def _packers(count):
    # Twice as quick as ``array`` for lists of floats.
    return struct.Struct(f'<{count}d'), struct.Struct(f'<{count}I')


def lines_chunk(tag, rows):
    encode = json.JSONEncoder(separators=(',', ':'), ensure_ascii=True, default=str).encode
    return text_chunk(tag, '\n'.join([encode(row) for row in rows]) + '\n')
