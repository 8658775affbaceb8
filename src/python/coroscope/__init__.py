"""Coroscope's tracer: records how the tasks of an asyncio program ran, waited and woke each other.

Pure standard library, CPython 3.9 and later, the same code in a child process and in WebAssembly.
``python coroscope run FILE`` is its command line; the records are described in ``docs/trace-format.md``.
"""

import contextlib
import importlib
import os
import sys

#: Where the tracer's own code is.
FOLDER = os.path.dirname(os.path.abspath(__file__))

__version__ = '0.1.0'


def record(path: 'str | os.PathLike[str]', *, detail: str = 'auto', arguments: bool = True, library_calls: bool = True,
           keep: 'float | str | None' = None, slow_request: 'float | str | None' = None, blocked: 'float | str | None' = None,
           dump_on: 'int | str | None' = None, dumps: 'int | None' = None) -> 'contextlib.AbstractContextManager[object]':
    """A context in which this program records its event loops: ``with coroscope.record('out.coroscope'): asyncio.run(main())``.

    ``path``: of the trace, which ``coroscope show`` opens. ``detail='full'`` follows coroutines inside tasks before Python 3.12 too.
    ``arguments=False``: what the coroutines of tasks were called with is not recorded. ``library_calls=False``: waits are not named by what
    was asked of a library, such as ``PostgreSQL SELECT users``.
    ``keep``: only the last seconds (``'30s'``) or bytes (``'64MB'``) are kept, in memory, and written at the end. What is kept then is also
    written, each time into a file of its own, when a request takes as long as ``slow_request`` (``'500ms'``), when the event loop is blocked
    for ``blocked``, and when the signal ``dump_on`` comes; the first two at most ``dumps`` times (20).
    Loops that run already are recorded from now on, with their tasks as they stand.
    Raises ValueError for what makes no sense; RuntimeError, on entry, if another recording goes on; OSError if the file cannot be written.
    """
    # Everything imports this module: what records is looked up when it is asked for.
    keeps = importlib.import_module('.kept.options', __name__).options(keep, slow_request, blocked, dump_on, dumps)
    return importlib.import_module('.in_program', __name__).Recording(path, detail, arguments, library_calls=library_calls, keeps=keeps)


def start(path: 'str | os.PathLike[str]', *, detail: str = 'auto', arguments: bool = True, library_calls: bool = True,
          keep: 'float | str | None' = None, slow_request: 'float | str | None' = None, blocked: 'float | str | None' = None,
          dump_on: 'int | str | None' = None, dumps: 'int | None' = None) -> None:
    """Begins what ``record`` does where no block of code encloses it; ``stop`` ends it, and so does the end of the program."""
    keeps = importlib.import_module('.kept.options', __name__).options(keep, slow_request, blocked, dump_on, dumps)
    importlib.import_module('.in_program', __name__).start(path, detail, arguments, library_calls, keeps)


def stop() -> None:
    """Ends what ``start`` began, and completes the trace. Raises RuntimeError if nothing is being recorded."""
    importlib.import_module('.in_program', __name__).stop()


def dump(path: 'str | os.PathLike[str] | None' = None) -> 'str | None':
    """Writes what was recorded so far as a trace of its own; recording goes on. Returns its path: without ``path``, a new file beside the
    trace, named by time. Other loops than the caller's may lack their last moment. Returns None where ``coroscope run`` records the program.
    Raises RuntimeError if nothing is being recorded; OSError if the file cannot be written."""
    return importlib.import_module('.in_program', __name__).dump(path)


def label(text: str) -> None:
    """Names the task that runs in the timeline: ``coroscope.label('import of ' + name)``. The task itself keeps its name. Does nothing where
    no task runs, or nothing is recorded."""
    labels = sys.modules.get(_LABELS)
    if labels is not None:
        labels.label(text)


def span(name: str) -> 'contextlib.AbstractContextManager[None]':
    """A context that is shown in the timeline as a stretch of this name: ``with coroscope.span('checkout'): await pay()``. Those of one name
    share a lane and its percentiles. Does nothing where nothing is recorded."""
    return _Span(name)


_LABELS = __name__ + '.requests.labels'


class _Span:
    __slots__ = ('_name', '_begun')

    def __init__(self, name: str) -> None:
        self._name = name
        self._begun: 'list[object]' = []

    def __enter__(self) -> None:
        # Only what records imports it.
        labels = sys.modules.get(_LABELS)
        self._begun.append(labels.begin(self._name) if labels is not None else None)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        begun = self._begun.pop()
        if begun is not None:
            sys.modules[_LABELS].end(begun, error)
