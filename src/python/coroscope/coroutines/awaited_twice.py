"""Coroutine objects that are awaited again: after their end, or while another task awaits them."""

import ast
import json
import types

from ..records.kinds import ERROR
from ..records.tasks import raised_at
from ..source.calls import parsed
from ..source.frames import locals_of
from ..watch.output import running

MESSAGES = ('cannot reuse already awaited coroutine', 'coroutine is being awaited already')
AWAITED_TWICE = 5
_missing = object()


class Reused:
    """Checks errors that leave a coroutine, and those that the program handles, as far as the interpreter reports them."""

    def __init__(self, recorder):
        self._recorder = recorder
        self._last = None

    def handled(self, error):
        """The program handles an error in its own code."""
        record, task = running(self._recorder)
        try:
            self.note(error, record, task)
        except Exception as failure:
            self._recorder.broken(failure)

    def note(self, error, record, task, coro=None):
        """``coro``: the task's own coroutine, if that is the one that was awaited twice."""
        message = error.args[0] if type(error) is RuntimeError and len(error.args) == 1 else ''
        if message in MESSAGES:
            # Reading the source takes milliseconds, which must not count on the virtual clock.
            clock = self._recorder.clock
            time = clock.now()
            clock.spared_in(lambda: self._note(error, message, record, time, task, coro))

    def _note(self, error, message, record, time, task, coro):
        innermost = error.__traceback__
        while innermost is not None and innermost.tb_next is not None:
            innermost = innermost.tb_next
        places = self._recorder.places
        site = 0
        if innermost is not None:
            frame = innermost.tb_frame
            mark = id(error), id(frame), innermost.tb_lasti, record.turns
            if mark == self._last:
                return
            self._last = mark
            site = raised_at(places, error)
            user = places.user_files[frame.f_code.co_filename]
            coro = awaited_at(frame, innermost.tb_lineno) if user else None
        elif coro is None:
            return
        code = places.code(coro.cr_code, coro.__qualname__) if coro is not None else 0
        text = json.dumps({'type': 'RuntimeError', 'message': message, 'traceback': '', 'code': code})
        record.event(ERROR, time, task, site, self._recorder.text(text), AWAITED_TWICE)


def awaited_at(frame, line):
    """The coroutine that the ``await`` in a line awaits: if it can be told which."""
    values = locals_of(frame)
    found = [values_of(expression, values, frame.f_globals) for expression in awaits_in(frame.f_code.co_filename, line)]
    known = [each for each in found if type(each) is types.CoroutineType]
    if not known and len(found) != 1:
        known = [each for each in values.values() if type(each) is types.CoroutineType and each.cr_frame is None]
    return known[0] if len(known) == 1 else None


def awaits_in(file, line):
    """What is awaited in a line of a file: expressions."""
    tree = parsed(file)
    if tree is None:
        return []
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Await) and node.lineno <= line <= (node.end_lineno or node.lineno)]


def values_of(expression, local, globals_):
    """The value of a plain name or of an attribute that is simply stored; None for anything that would have to run."""
    if isinstance(expression, ast.Name):
        return local.get(expression.id, globals_.get(expression.id))
    if isinstance(expression, ast.Attribute):
        owner = values_of(expression.value, local, globals_)
        try:
            # Without calling a ``__getattr__`` of the program.
            stored = object.__getattribute__(owner, '__dict__')
        except AttributeError:
            return None
        return stored.get(expression.attr) if type(stored) is dict else None
    if isinstance(expression, ast.Subscript):
        owner = values_of(expression.value, local, globals_)
        key = expression.slice
        key = getattr(key, 'value', _missing) if isinstance(key, (ast.Constant, getattr(ast, 'Index', ast.Constant))) else _missing
        if type(owner) in (list, tuple) and type(key) is int and -len(owner) <= key < len(owner):
            return owner[key]
        return owner.get(key) if type(owner) is dict and isinstance(key, (int, str)) else None
    return None
