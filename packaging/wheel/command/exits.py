"""How the command ends: the exit codes of `docs/command.md`."""

from __future__ import annotations

import sys

GOOD, FAILED, USAGE, BROKEN, STOPPED, CANCELLED = 0, 1, 2, 3, 4, 130


def complain(message: str, code: int) -> int:
    """Says one thing. Returns the exit code."""
    sys.stderr.write(f'coroscope: {message}\n')
    return code
