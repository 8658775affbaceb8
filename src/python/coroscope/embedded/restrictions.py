"""The inner sandbox of the embedded Python, part two: restrictions in Python itself. Part one is ``src/engines/embedded/realm.ts``.

Programs cannot reach JavaScript or the machine code of the interpreter, and functions that start processes fail as they do on a
platform without processes. This keeps mistakes and pasted snippets from doing harm. Python is too dynamic to stop an attacker:
that is the task of part one and of the process around it.
"""

import asyncio
import errno
import gc
import hashlib
import importlib.machinery
import os
import sys

import _imp

from ..clock import wall_dates

#: Built-in modules that no program gets: JavaScript, machine code, new interpreters without these restrictions, and tests of CPython.
WITHHELD = ('_pyodide_core', '_ctypes', '_interpreters', '_interpchannels', '_interpqueues', '_posixsubprocess', '_remote_debugging', '_test',
            '_xx', 'xx')
#: Modules of Pyodide, and those that need a withheld module.
FOREIGN = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core', 'ctypes', '_ctypes')
PROCESSES = """system fork forkpty execv execve execl execle execlp execlpe execvp execvpe posix_spawn posix_spawnp
    spawnv spawnve spawnl spawnle spawnlp spawnlpe spawnvp spawnvpe popen""".split()

_modules = {}


def prepare():
    """Loads every built-in module that programs may have. Then the function that loads them can be removed: as long as it
    exists, however it is wrapped, a program can find it."""
    for name in sys.builtin_module_names:
        if name.startswith(WITHHELD):
            continue
        loaded = sys.modules.get(name)
        if loaded is None:
            try:
                loaded = importlib.import_module(name)
            except ImportError:
                continue
            del sys.modules[name]
        _modules[name] = loaded
    # Now, because ctypes is needed to invalidate the type cache, and is removed later.
    wall_dates.replace(_modules['_datetime'])


def restrict(restored):
    """Call before the first program, when JavaScript only needs the Python functions that it holds already.
    ``restored``: this interpreter is the copy of another one, whose chance would be its own."""
    if restored and 'random' in sys.modules:
        sys.modules['random'].seed()
    loaded = _modules

    def create_builtin(spec):
        try:
            return loaded[spec.name]
        except KeyError:
            raise ModuleNotFoundError(f'No module named {spec.name!r}', name=spec.name) from None

    def create_dynamic(spec, file=None):
        raise ImportError('The embedded Python has no extension modules.', name=spec.name)

    _imp.is_builtin = lambda name: int(name in loaded)
    _imp.create_builtin = create_builtin
    _imp.create_dynamic = create_dynamic
    sys.builtin_module_names = tuple(sorted(_modules))
    ours = (importlib.machinery.BuiltinImporter, importlib.machinery.FrozenImporter, importlib.machinery.PathFinder)
    sys.meta_path[:] = ours
    for name in [name for name in sys.modules if name.split('.')[0] in FOREIGN]:
        # Functions that are still referenced somewhere must find nothing.
        getattr(sys.modules.pop(name), '__dict__', {}).clear()
    no_processes()
    no_openssl()
    asyncio.events._event_loop_policy = None
    asyncio.events._set_running_loop(None)
    asyncio.run = asyncio.runners.run
    gc.collect()


def no_openssl():
    """What ``hashlib`` only has from OpenSSL says so where it is called."""

    def get(name):
        if name not in ('pbkdf2_hmac', 'scrypt'):
            raise AttributeError(f'module {hashlib.__name__!r} has no attribute {name!r}')

        def needs_openssl(*args, **kwargs):
            raise RuntimeError(f'hashlib.{name} needs OpenSSL, which the embedded Python does not have. Run this program with an interpreter.')

        return needs_openssl

    hashlib.__getattr__ = get


def no_processes():
    posix = sys.modules['posix']
    for name in PROCESSES:
        for module in (os, posix):
            if hasattr(module, name):
                setattr(module, name, refusing(name))


def refusing(name):
    def refuse(*args, **kwargs):
        raise OSError(errno.ENOTSUP, 'The embedded Python has no processes')

    refuse.__name__ = refuse.__qualname__ = name
    refuse.__module__ = 'os'
    return refuse
