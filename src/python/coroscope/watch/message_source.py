"""Distinguishes messages of Python itself (warnings, exceptions that were never retrieved, slow callbacks) from what the program prints."""

import asyncio
import logging
import os
import warnings

ASYNCIO = os.path.dirname(asyncio.__file__) + os.sep
#: ``_py_warnings`` from 3.14 on.
WARNINGS = warnings.catch_warnings.__enter__.__code__.co_filename
LOGGING = logging.StreamHandler.emit.__code__.co_filename
#: How many frames to search for the one in which Python met an exception that it could not raise.
NEAR = 20


def is_python_log(record):
    """Whether a ``logging.LogRecord`` comes from asyncio's own code, or is a warning that ``logging.captureWarnings`` took."""
    return record.name == 'py.warnings' or str(record.pathname).startswith(ASYNCIO)


class MessageSource:
    """Tells who writes to a stream. ``errors``: it is stderr, where Python reports errors."""

    __slots__ = ('_errors', '_frame', '_at')

    def __init__(self, errors):
        self._errors = errors
        self._frame = self._at = None

    def is_python(self, frame, text):
        """``frame``: the innermost Python frame below the call of ``write``."""
        code = frame.f_code
        if code.co_filename == WARNINGS:
            return True
        if code.co_filename == LOGGING and code.co_name == 'emit':
            record = frame.f_locals.get('record')
            return isinstance(record, logging.LogRecord) and is_python_log(record)
        # `sys.unraisablehook` writes piece by piece, on behalf of whatever frame ran when the object died.
        if self._errors and text.startswith('Exception ignored '):
            self._frame, self._at = id(frame), frame.f_lasti
            return True
        return self._frame is not None and self._goes_on(frame)

    def _goes_on(self, frame):
        for _ in range(NEAR):
            if frame is None:
                break
            if id(frame) == self._frame and frame.f_lasti == self._at:
                return True
            frame = frame.f_back
        self._frame = None
        return False
