"""As much of a trace as a page needs to know: which program it is of, and which files. The format: `docs/trace-format.md`."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO, Iterator, List, NamedTuple, Tuple

MAGIC = b'\x89CORO\r\n\x1a'
MAJOR = 2


class NoTrace(Exception):
    """The file is no trace that this version can read. The message is a key of ``texts``."""

    def __init__(self, message: str, *holes: str) -> None:
        super().__init__(message)
        self.message, self.holes = message, holes


class About(NamedTuple):
    program: str
    #: Files of the user's own code, the program's own first.
    files: List[str]


def about(stream: BinaryIO, name: str) -> About:
    """Reads a trace from its beginning. Raises ``NoTrace``."""
    header = stream.read(16)
    if header[:8] != MAGIC or len(header) < 16:
        raise NoTrace('{0} is not a Coroscope trace.', name)
    major = struct.unpack('<H', header[8:10])[0]
    if major != MAJOR:
        raise NoTrace('{0} is a trace of version {1}; this Coroscope reads version {2}.', name, str(major), str(MAJOR))
    program = ''
    texts, files = {}, []
    for tag, payload in chunks(stream):
        if tag == b'META':
            found = parsed(payload)
            program = str(found.get('program', '')) if isinstance(found, dict) else ''
            continue
        for line in payload.splitlines():
            definition = parsed(line)
            if not isinstance(definition, list):
                continue
            if definition[:1] == ['str'] and len(definition) >= 3:
                texts[definition[1]] = str(definition[2])
            elif definition[:1] == ['code'] and len(definition) >= 7 and definition[6] == 1:
                file = texts.get(definition[2])
                if file is not None and file not in files:
                    files.append(file)
    return About(program, sorted(files, key=lambda file: file != program))


def chunks(stream: BinaryIO) -> Iterator[Tuple[bytes, bytes]]:
    """Those of text. One that is cut off ends the trace."""
    while True:
        head = stream.read(8)
        if len(head) < 8:
            return
        tag, length = head[:4], struct.unpack('<I', head[4:])[0]
        if tag in (b'META', b'DEFS'):
            payload = stream.read(length)
            if len(payload) < length:
                return
            yield tag, payload
        else:
            stream.seek(length, 1)


def parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
