"""``input()`` and whatever else reads ``sys.stdin``, where a person answers who sits at no terminal: the host is asked for a line when one is needed.

The file descriptor itself stays as it is (at its end), so that what reads it in another way, or in another process, does not wait for ever.
"""

import io
import os
import struct
import sys
import time

_now = time.monotonic
_HEAD = struct.Struct('<i')
#: In the place of a length: there is no more input.
END = -1


class HostInput(io.RawIOBase):
    """Standard input that ``read(most)`` gives: at least one byte, or none at its end. The time that it waits is none of the program's."""

    name = '<stdin>'
    mode = 'rb'

    def __init__(self, read, limits, clock):
        self._read = read
        self._limits = limits
        self._clock = clock

    def readable(self):
        return True

    def fileno(self):
        return 0

    def readinto(self, buffer):
        began = _now()
        try:
            data = self._clock.spared_in(lambda: self._read(len(buffer)))
        finally:
            self._limits.began += _now() - began
        buffer[:len(data)] = data
        return len(data)


def install(read, limits, clock):
    sys.stdin = io.TextIOWrapper(io.BufferedReader(HostInput(read, limits, clock)), encoding='utf-8', errors='surrogateescape')


class Channel:
    """Asks over the descriptor ``fd``, a byte for each line that is wanted; an answer is its length (4 bytes, little-endian) and UTF-8."""

    def __init__(self, fd):
        self._fd = fd
        self._owner = os.getpid()
        self._rest = b''

    def read(self, most):
        if not self._rest:
            self._rest = self._asked()
        data, self._rest = self._rest[:most], self._rest[most:]
        return data

    def _asked(self):
        if os.getpid() != self._owner:
            # The person is asked by the program itself, not by a copy of it.
            return b''
        try:
            os.write(self._fd, b'?')
            length, = _HEAD.unpack(self._exactly(_HEAD.size))
            return b'' if length == END else self._exactly(length)
        except (OSError, EOFError):
            # The host is gone.
            return b''

    def _exactly(self, length):
        data = b''
        while len(data) < length:
            part = os.read(self._fd, length - len(data))
            if not part:
                raise EOFError
            data += part
        return data
