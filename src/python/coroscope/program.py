"""Runs a program as ``__main__``, as ``python FILE`` would, and reports how it ended as Python would."""

import linecache
import os
import sys
import traceback
import types

from .pace import Stopped
from .tasks import raised_at

FAILED_TO_START = 97


def compile_program(file, source):
    """@raises SyntaxError (and ValueError for NUL bytes) as Python itself would."""
    if source is not None:
        lines = source.splitlines(True)
        linecache.cache[file] = (len(source), None, lines, file)
        return compile(source, file, 'exec', dont_inherit=True)
    with open(file, 'rb') as stream:
        return compile(stream.read(), file, 'exec', dont_inherit=True)


def run(session, file, source=None):
    """Runs the program to its end and returns its exit code. Errors are printed as Python prints them, without our frames."""
    module = types.ModuleType('__main__')
    module.__file__ = file
    module.__builtins__ = sys.modules['builtins']
    saved = sys.modules.get('__main__')
    sys.modules['__main__'] = module
    try:
        code = compile_program(file, source)
        try:
            exec(code, module.__dict__)
        finally:
            flush()
        return 0
    except SystemExit as error:
        return exit_code(error)
    except Stopped:
        raise
    except BaseException as error:
        report(session, error)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    finally:
        if session.engine == 'embedded':
            sys.modules['__main__'] = saved


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def exit_code(error):
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF if os.name != 'nt' else code
    print(code, file=sys.stderr)
    return 1


def report(session, error):
    """Prints an uncaught exception through ``sys.excepthook`` and records it."""
    error.__traceback__ = tb = without_ours(error.__traceback__)
    if error.__cause__ is None and error.__context__ is not None:
        error.__context__.__traceback__ = without_ours(error.__context__.__traceback__)
    session.note_uncaught(error)
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, tb
    try:
        sys.excepthook(type(error), error, tb)
    except BaseException:
        traceback.print_exception(type(error), error, tb)
    flush()


def without_ours(tb):
    """A traceback without the frames of the tracer: those it began with, and those of a step that an interrupt went through."""
    while tb is not None and is_ours(tb):
        tb = tb.tb_next
    at = tb
    while at is not None and at.tb_next is not None:
        if is_ours(at.tb_next):
            at.tb_next = at.tb_next.tb_next
        else:
            at = at.tb_next
    return tb


_HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep


def is_ours(tb):
    return tb.tb_frame.f_code.co_filename.startswith(_HERE)


def describe(session, error):
    """(type, message, traceback, site) of an exception, for the record."""
    kind = type(error).__qualname__
    trace = ''.join(traceback.format_exception(type(error), error, error.__traceback__))
    if isinstance(error, SyntaxError):
        return kind, str(error), trace, 0
    return kind, safe_str(error), trace, raised_at(session.recorder.places, error)


def safe_str(error):
    try:
        return str(error)
    except Exception:
        return ''
