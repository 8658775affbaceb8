"""How the command ends: the exit codes of `docs/command.md`."""

from __future__ import annotations

import os
import sys
from typing import TextIO

GOOD, FAILED, USAGE, BROKEN, STOPPED, CANCELLED = 0, 1, 2, 3, 4, 130


def complain(message: str, code: int) -> int:
    """Says one thing. Returns the exit code."""
    tell(f'coroscope: {message}')
    return code


def tell(line: str) -> None:
    """A line on stderr. Where that cannot be written, nobody can be told."""
    try:
        sys.stderr.write(f'{line}\n')
        sys.stderr.flush()
    except OSError:
        silence(sys.stderr)


def show(text: str) -> int:
    """What was asked for, on stdout. Returns the exit code."""
    try:
        sys.stdout.write(f'{text}\n')
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        # Whoever reads no further has seen enough.
        return GOOD if isinstance(error, BrokenPipeError) else complain(f'stdout: {error.strerror}.', BROKEN)
    return GOOD


def silence(stream: TextIO) -> None:
    """What is left in a stream that cannot be written goes nowhere: Python tries again when it ends, and would show a traceback."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
