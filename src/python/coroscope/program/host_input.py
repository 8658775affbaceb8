"""``input()`` and other reads of ``sys.stdin`` without a terminal: the host asks the user for a line when one is needed.

The file descriptor itself stays at its end, so that other ways to read it, and other processes, do not block for ever.
"""

import io
import os
import struct
import sys
import time

_now = time.monotonic
_HEAD = struct.Struct('<i')
#: Instead of a length: end of input.
END = -1


class HostInput(io.RawIOBase):
    """Standard input from ``read(most)``, which returns at least one byte, or none at the end. Waiting for it does not count as time of the program."""

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
    """Asks over the descriptor ``fd``: writes a byte for each line that is needed, and reads an answer as its length (4 bytes, little-endian) and UTF-8."""

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
            # Only the program itself asks the user, not a forked copy.
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
