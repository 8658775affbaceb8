"""The one writer of the trace format (``docs/trace-format.md``)."""

import functools
import json
import struct

MAGIC = b'\x89CORO\r\n\x1a'
VERSION = (2, 0)

#: A step: ready, start, end; waker + cause << 32; site + wait << 32; task; turn in which it was scheduled.
STEP = struct.Struct('<dddQQII')
#: An event: t0, t1, kind, turn, a, b, c, d.
EVENT = struct.Struct('<ddIIIIII')
#: Values a use of a resource takes in a flat buffer.
USE_WIDTH = 5


def header():
    return MAGIC + struct.pack('<HHI', VERSION[0], VERSION[1], 0)


def text_chunk(tag, text):
    return padded_chunk(tag, text.encode('utf-8', 'backslashreplace'))


def padded_chunk(tag, data):
    data += b' ' * (-len(data) % 8)
    return struct.pack('<4sI', tag, len(data)) + data


def json_chunk(tag, value):
    return text_chunk(tag, json.dumps(value, separators=(',', ':'), sort_keys=True))


#: Everything up to here was written at the same time: a batch is complete.
MARK = struct.pack('<4sI', b'MARK', 0)


def rows_chunk(tag, loop, row, data):
    """A chunk of rows that are packed already. ``row``: size of one in bytes."""
    return struct.pack('<4sIII', tag, len(data) + 8, len(data) // row, loop) + data


def use_chunk(loop, flat):
    """Packs uses of resources from a flat list: time, resource and kind, value, task, seq; again and again."""
    count = len(flat) // USE_WIDTH
    floats, integers = _packers(count)
    body = floats.pack(*flat[0::5]) + b''.join([integers.pack(*flat[i::5]) for i in range(1, 5)])
    return struct.pack('<4sIII', b'USES', len(body) + 8, count, loop) + body


@functools.lru_cache(maxsize=8)
def _packers(count):
    return struct.Struct(f'<{count}d'), struct.Struct(f'<{count}I')


def lines_chunk(tag, rows):
    encode = json.JSONEncoder(separators=(',', ':'), ensure_ascii=True, default=str).encode
    return text_chunk(tag, '\n'.join([encode(row) for row in rows]) + '\n')
