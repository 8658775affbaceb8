"""Coroscope's tracer: records how the tasks of an asyncio program ran, waited and woke each other.

Pure standard library, CPython 3.9 and later, the same code in a child process and in WebAssembly.
``python coroscope run FILE`` is its command line; the records are described in ``docs/trace-format.md``.
"""

import contextlib
import importlib
import os

#: Where the tracer's own code is.
FOLDER = os.path.dirname(os.path.abspath(__file__))

__version__ = '0.1.0'


def record(path: 'str | os.PathLike[str]', *, detail: str = 'auto', arguments: bool = True) -> 'contextlib.AbstractContextManager[object]':
    """A context in which this program records its event loops: ``with coroscope.record('out.coroscope'): asyncio.run(main())``.

    ``path``: of the trace, which ``coroscope show`` opens. ``detail='full'`` follows coroutines inside tasks before Python 3.12 too.
    ``arguments=False``: what the coroutines of tasks were called with is not recorded.
    Raises RuntimeError, on entry, if a loop runs already or another recording goes on; OSError if the file cannot be written.
    """
    # Everything imports this module: what records is looked up when it is asked for.
    return importlib.import_module('.in_program', __name__).Recording(path, detail, arguments)


def start(path: 'str | os.PathLike[str]', *, detail: str = 'auto', arguments: bool = True) -> None:
    """Begins what ``record`` does where no block of code encloses it; ``stop`` ends it, and so does the end of the program."""
    importlib.import_module('.in_program', __name__).start(path, detail, arguments)


def stop() -> None:
    """Ends what ``start`` began, and completes the trace. Raises RuntimeError if nothing is being recorded."""
    importlib.import_module('.in_program', __name__).stop()
