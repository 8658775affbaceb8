"""Log records of the program, with time, task and line, whether or not a handler shows them."""

import json
import logging
import sys
import types

from ..records.definitions import LONGEST_TEXT
from ..records.kinds import LOG
from ..records.short_repr import short_repr, shown_error
from .message_source import is_python_log
from .output import running

_getframe = sys._getframe
_PLAIN = (type(None), bool, int, float, complex, str, bytes)


class CallHandlers:
    """Replaces ``Logger.callHandlers``: looking it up records the log record, and returns the original. So no frame of ours
    stands between the program and a handler that raises. A record gets that far if its logger is enabled for it and lets it through."""

    def __init__(self, original, note):
        self._original = original
        self._note = note

    def __get__(self, logger, owner=None):
        if logger is None:
            return self._original
        frame = _getframe(1)
        if frame.f_code.co_name == 'handle':
            self._note(logger, frame)
        return types.MethodType(self._original, logger)


def install(recorder):
    """Starts watching. Returns a function that undoes it."""
    original = logging.Logger.callHandlers

    def note(logger, frame):
        if not recorder.on:
            return
        try:
            record = frame.f_locals.get('record')
            if isinstance(record, logging.LogRecord):
                note_record(recorder, record, frame)
        except Exception as error:
            recorder.broken(error)

    noting = CallHandlers(original, note)
    logging.Logger.callHandlers = noting

    def uninstall():
        if vars(logging.Logger).get('callHandlers') is noting:
            logging.Logger.callHandlers = original

    return uninstall


def note_record(recorder, record, frame):
    places = recorder.places
    text = {'type': 'log', 'logger': str(record.name), 'level': str(record.levelname), 'number': number_of(record.levelno),
            'message': message_of(record, places.user_files)[:LONGEST_TEXT]}
    if record.exc_info and issubclass(type(record.exc_info[1]), BaseException):
        text['error'] = shown_error(record.exc_info[1])
    loop, task = running(recorder)
    site = places.running_site(frame)
    if is_python_log(record):
        text['python'] = True
        task = site = 0
    recorder.note(loop, LOG, recorder.clock.now(), task, site, json.dumps(text, sort_keys=False))


def number_of(level):
    return int(level) if isinstance(level, (int, float)) else 0


def message_of(record, user_files):
    """Like ``record.getMessage()``, except that arguments whose text the program's own code makes are replaced by their type,
    because asking them a second time could do something."""
    message = record.msg if type(record.msg) is str else text_of(record.msg, user_files)
    args = record.args
    if not args:
        return message
    try:
        if type(args) is dict:
            return message % {key: argument(value, user_files) for key, value in args.items()}
        return message % tuple([argument(each, user_files) for each in args])
    except Exception:
        # Handlers fail here, too, and print an error instead.
        return message


def argument(value, user_files):
    return value if type(value) in _PLAIN else Told(value, user_files)


class Told:
    """Replaces an argument while a message is formatted."""

    def __init__(self, value, user_files):
        self._value = value
        self._user_files = user_files

    def __str__(self):
        return text_of(self._value, self._user_files)

    def __repr__(self):
        return text_of(self._value, self._user_files, '__repr__')

    def __int__(self):
        return int.__int__(self._value)

    def __index__(self):
        return int.__index__(self._value)

    def __float__(self):
        return float.__float__(self._value)


def text_of(value, user_files, how='__str__'):
    kind = type(value)
    if kind in (list, tuple, dict, set, frozenset):
        return short_repr(value)
    if issubclass(kind, BaseException):
        text = shown_error(value)
        name = kind.__qualname__
        return text[len(name) + 2:] if how == '__str__' and text.startswith(name + ': ') else text
    methods = [getattr(kind, how), kind.__repr__]
    for method in methods:
        code = getattr(method, '__code__', None)
        if code is not None and user_files[code.co_filename]:
            return f'<{kind.__qualname__}>'
    return methods[0](value)
