"""Recording from within a program that runs by itself: ``with coroscope.record('out.coroscope'): asyncio.run(main())``."""

import asyncio
import atexit
import os
import sys
import time

from .clock.limits import Limits, Stopped
from .kept.keeping import Keeping
from .kept.options import Options
from .session import Session


class Recording:
    """A context: event loops that run inside are recorded, on the real clock. The trace is on the disk as it grows, so a program that is
    killed leaves what there was. A program that ``coroscope run`` started is recorded as a whole: there the context does nothing.

    ``path``: of the trace; an older one is overwritten. ``detail``, ``arguments`` and ``library_calls``: as the command's ``--detail``,
    ``--no-arguments`` and ``--no-library-calls``.
    ``program``: what the trace is called; without it, the script that runs. ``keeps``: what of it is kept, and when that is written.
    """

    #: The one that goes on in this process.
    current = None

    def __init__(self, path, detail='auto', arguments=True, program=None, library_calls=True, keeps=Options()):
        if detail not in ('auto', 'full'):
            raise ValueError(f"detail is 'auto' or 'full', not {detail!r}")
        self.path = os.fspath(path)
        self._detail = detail
        self._arguments = arguments
        self._library_calls = library_calls
        self._program = program
        self._session = None
        self._keeps = keeps
        self._keeping = None
        self._loops = ()

    def __enter__(self):
        """Raises RuntimeError where another recording goes on; OSError if the file cannot be written."""
        if Recording.current is not None:
            raise RuntimeError(f'Coroscope already records to {Recording.current.path}. End that recording first: a trace is of one process.')
        if hasattr(asyncio.BaseEventLoop, '_coroscope'):
            return self
        self._keeping = keeping = Keeping(self.path, self._keeps)
        script = sys.argv[0] if sys.argv and sys.argv[0] else sys.executable
        argv = sys.argv[1:] if self._program is None else []
        self._session = Session(keeping.write, 'real', 'interpreter', self._program or script, argv, Limits(), halt, show_arguments=self._arguments,
                                detail=self._detail)
        self._session.recorder.library_calls = self._library_calls
        self._session.also_in_child = self._forked
        self._session.start_within()
        try:
            keeping.begin(self._session)
        except BaseException:
            self._end()
            raise
        Recording.current = self
        return self

    def _forked(self):
        """In a child, which is not recorded, and may record itself."""
        Recording.current = None
        self._keeping.forked()

    @property
    def ran_a_loop(self):
        """Whether an event loop ran in it so far."""
        return bool(self._loops if self._session is None else self._session.recorder.loops)

    def dump(self, path):
        path = _new_path(self._keeping.path) if path is None else os.fspath(path)
        self._keeping.dump(path)
        return path

    def __exit__(self, *error):
        if self._session is None:
            return
        Recording.current = None
        self._loops = self._session.recorder.loops
        # Where a task ends the recording, its step goes on.
        self._session.cut(sys._getframe(1))
        self._end()

    def _end(self):
        session, self._session = self._session, None
        self._keeping.stop()
        # How the program ends is not known yet.
        session.end(None)
        session.close(goes_on=True)
        self._keeping.end()


def halt():
    """There are no limits at which the program would be stopped."""
    raise Stopped


#: What ``start`` began.
_started = []


def start(path, detail='auto', arguments=True, library_calls=True, keeps=Options()):
    recording = Recording(path, detail, arguments, library_calls=library_calls, keeps=keeps)
    recording.__enter__()
    _started.append(recording)
    atexit.register(_end)


def stop():
    if not _started:
        raise RuntimeError('Coroscope records nothing that coroscope.start() began.')
    _end()


def dump(path=None):
    recording = Recording.current
    if recording is not None:
        return recording.dump(path)
    if hasattr(asyncio.BaseEventLoop, '_coroscope'):
        # Recorded as a whole, by whoever started the program.
        return None
    raise RuntimeError('Coroscope records nothing: there is nothing to dump.')


def _new_path(beside):
    """Named by time; the file is made, so that nobody else takes it."""
    name, extension = os.path.splitext(beside)
    stem, number = f'{name}-{time.strftime("%Y%m%d-%H%M%S")}', 1
    while True:
        path = f'{stem}{extension}' if number == 1 else f'{stem}-{number}{extension}'
        try:
            open(path, 'xb').close()
            return path
        except FileExistsError:
            number += 1


def _end():
    atexit.unregister(_end)
    while _started:
        _started.pop().__exit__()
