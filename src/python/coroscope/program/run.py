"""Runs a program as ``__main__``, as ``python FILE`` would, and reports how it ended as Python would."""

import ast
import asyncio
import functools
import importlib.machinery
import importlib.util
import inspect
import linecache
import marshal
import os
import runpy
import sys
import traceback
import types
import zipfile
from asyncio import base_tasks

from .. import FOLDER
from ..clock.limits import Stopped
from ..directives.rewriting import rewrite
from ..records.tasks import TRACEBACK, raised_at
from ..source.places import CO_GENERATOR
from .pieces import FILE as PIECES
from .pieces import drive, each
from .placeholders import Finder

FAILED_TO_START = 97


def compile_program(file, source, directives=(), places=None):
    """``directives``: what comments say of awaits and functions (see ``rewriting``).

    @raises SyntaxError (and ValueError for NUL bytes) as Python itself would.
    """
    if source is not None:
        lines = source.splitlines(True)
        linecache.cache[file] = (len(source), None, lines, file)
        return compiled(source, file, directives, places)
    with open(file, 'rb') as stream:
        data = stream.read()
    if file.endswith('.pyc') and data[:4] == importlib.util.MAGIC_NUMBER:
        return marshal.loads(data[16:])
    return compiled(data, file, directives, places)


def compiled(text, file, directives, places):
    if not directives:
        return compile(text, file, 'exec', dont_inherit=True)
    flags = ast.PyCF_ONLY_AST
    return compile(rewrite(compile(text, file, 'exec', flags, dont_inherit=True), directives, file, places), file, 'exec', dont_inherit=True)


def is_package(file):
    """Whether Python would run the ``__main__`` inside: a folder, or a zip file."""
    return os.path.isdir(file) or (not file.endswith(('.py', '.pyc')) and zipfile.is_zipfile(file))


def run(session, file, source=None, simulation=None, pieces=None, name=None):
    """Runs the program to its end and returns its exit code. Errors are printed as Python prints them, without our frames.

    ``simulation``: a dict of ``directives``, what comments say (see ``rewriting``), and ``modules``, which may be missing.
    ``pieces`` stand for the text of the file; ``name`` is that of a module, to be found as ``python -m`` would.
    """
    simulation = simulation or {}
    finder = Finder(frozenset(simulation.get('modules') or ()))
    package = name is not None or (source is None and pieces is None and is_package(file))
    module = main_module(None if package else pieces.file if pieces else file)
    saved = sys.modules.get('__main__')
    sys.modules['__main__'] = session.module = module
    restore = unseen()
    finder.install()
    try:
        places = session.recorder.places
        if package:
            codes = []
        elif pieces:
            codes = pieces.compile(places)
        else:
            codes = [compile_program(file, source, simulation.get('directives'), places)]
        try:
            if name is not None:
                runpy._run_module_as_main(name, True)
            elif package:
                sys.path[0] = file
                runpy._run_module_as_main('__main__', False)
            else:
                entry = pieces.entry['kind'] if pieces else 'written'
                if pieces:
                    pieces.provide(module.__dict__)
                last = codes.pop() if entry == 'await' else None
                for code in codes:
                    exec(code, module.__dict__)
                if entry == 'await':
                    drive(eval(last, module.__dict__))
                elif entry == 'call':
                    begun = eval(pieces.call(), module.__dict__)
                    if hasattr(begun, '__aiter__'):
                        begun = each(begun)
                    if inspect.iscoroutine(begun):
                        asyncio.run(begun)
        finally:
            flush()
        return 0
    except SystemExit as error:
        forget_ours(error)
        return exit_code(error)
    except Stopped:
        raise
    except BaseException as error:
        report(session, error, pieces is not None)
        session.interrupted = isinstance(error, KeyboardInterrupt)
        return 130 if session.interrupted else 1
    finally:
        finder.uninstall()
        restore()
        if session.engine == 'embedded':
            sys.modules['__main__'] = saved


def main_module(file):
    """``__main__`` as Python creates it for a script; if ``file`` is None, without the attributes that name its source."""
    module = types.ModuleType('__main__')
    module.__builtins__ = sys.modules['builtins']
    if sys.version_info < (3, 14):
        module.__annotations__ = {}
    if file is not None:
        module.__file__ = file
        loader = importlib.machinery.SourcelessFileLoader if file.endswith('.pyc') else importlib.machinery.SourceFileLoader
        module.__loader__ = loader('__main__', file)
        if sys.version_info < (3, 15):
            module.__cached__ = None
    return module


def unseen():
    """Hides our frames below the program's first one: a recursion can be as deep as without them, and a printed
    stack ends where the program began. Returns the undoing."""
    base = sys._getframe(1)
    below, frame = 0, base
    while frame is not None:
        below += 1
        frame = frame.f_back
    limit = sys.getrecursionlimit()
    # Until 3.11 calls from C count too.
    more = below + (0 if sys.version_info >= (3, 12) else 2)
    sys.setrecursionlimit(limit + more)
    original = traceback.walk_stack
    eager = not original.__code__.co_flags & CO_GENERATOR

    def walk_stack(f):
        if f is None:
            if not eager:
                return original(f)
            f = sys._getframe(1)
        return walk(f)

    def walk(f):
        while f is not None and f is not base:
            if f.f_code.co_filename != PIECES:
                yield f, f.f_lineno
            f = f.f_back

    # Tasks made in C hold the function itself, so it is its code that changes.
    function, names = base_tasks._task_get_stack, base_tasks.__dict__
    code = function.__code__
    whole = types.FunctionType(code, names)

    def get_stack(task, limit):
        frames = whole(task, limit)
        return frames[frames.index(base) + 1:] if base in frames else frames

    walks = {name: getattr(traceback, name) for name in ('walk_tb', '_walk_tb_with_full_positions') if hasattr(traceback, name)}
    replaced = {name: without_replacing(walk_tb) for name, walk_tb in walks.items()}
    names['_coroscope_get_stack'] = get_stack
    function.__code__ = (lambda task, limit: _coroscope_get_stack(task, limit)).__code__  # noqa: F821
    traceback.walk_stack = walk_stack
    vars(traceback).update(replaced)

    def restore():
        for name, walk_tb in walks.items():
            if getattr(traceback, name) is replaced[name]:
                setattr(traceback, name, walk_tb)
        function.__code__ = code
        names.pop('_coroscope_get_stack', None)
        if traceback.walk_stack is walk_stack:
            traceback.walk_stack = original
        if sys.getrecursionlimit() == limit + more:
            sys.setrecursionlimit(limit)

    return restore


#: Files with functions that stand for others of the standard library.
REPLACING = os.path.join(FOLDER, 'clock') + os.sep, os.path.join(FOLDER, 'program', 'process_exit.py')


def without_replacing(walk):
    """One of the generators of ``traceback``, without frames of functions that call the one that they replace."""
    @functools.wraps(walk)
    def walk_tb(tb):
        for each in walk(tb):
            if not each[0].f_code.co_filename.startswith(REPLACING):
                yield each

    return walk_tb


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


CONTEXT, CAUSE = [BaseException.__dict__[name].__get__ for name in ('__context__', '__cause__')]
set_traceback = BaseException.__dict__['__traceback__'].__set__


def report(session, error, unsaved=False):
    """Prints an uncaught exception through ``sys.excepthook`` and records it. ``unsaved``: the disk may hold other lines than those that ran."""
    tb = without_ours(TRACEBACK(error))
    set_traceback(error, tb)
    context = CONTEXT(error)
    if CAUSE(error) is None and context is not None:
        set_traceback(context, without_ours(TRACEBACK(context)))
    session.note_uncaught(error)
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, tb
    try:
        # Until 3.12 Python's own hook reads the lines from the disk.
        hook = traceback.print_exception if unsaved and sys.excepthook is sys.__excepthook__ else sys.excepthook
        hook(type(error), error, tb)
    except BaseException:
        traceback.print_exception(type(error), error, tb)
    flush()


def forget_ours(error):
    """A task that raised SystemExit is shown with its traceback when it goes: as far as Python itself would have written that."""
    tb = without_ours(TRACEBACK(error))
    if sys.version_info < (3, 12) and tb is not None and tb.tb_next is not None and tb.tb_frame.f_code.co_name == '<module>':
        # Until 3.11 frames are added where the error is handled, and of the program nothing handled it.
        tb = tb.tb_next
    set_traceback(error, tb)


def without_ours(tb):
    """A traceback without frames of the tracer: those at its start, and those of a step that an interrupt went through."""
    while tb is not None and is_ours(tb):
        tb = tb.tb_next
    at = tb
    while at is not None and at.tb_next is not None:
        if is_ours(at.tb_next):
            at.tb_next = at.tb_next.tb_next
        else:
            at = at.tb_next
    return tb


_HERE = FOLDER + os.sep


def is_ours(tb):
    return tb.tb_frame.f_code.co_filename.startswith(_HERE)


def describe(session, error):
    """(type, message, traceback, site) of an exception, for the record."""
    kind = type(error).__qualname__
    try:
        trace = ''.join(traceback.format_exception(type(error), error, TRACEBACK(error)))
    except BaseException:
        # Its class raises when it is read.
        trace = ''.join(traceback.format_tb(TRACEBACK(error))) + kind + '\n'
    # By its type: `isinstance` asks the object for its class.
    if issubclass(type(error), SyntaxError):
        return kind, str(error), trace, 0
    return kind, safe_str(error), trace, raised_at(session.recorder.places, error)


def safe_str(error):
    try:
        return str(error)
    except Exception:
        return ''
