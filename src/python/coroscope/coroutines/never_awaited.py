"""Records coroutines that were never awaited, then warns as ``warnings`` does."""

import itertools
import linecache
import os
import traceback
import warnings

from ..loops.wrapper_code import look_like

#: Files of the frames that run the program.
PROGRAM = tuple(os.path.join(os.path.dirname(os.path.dirname(__file__)), 'program', name) for name in ('run.py', 'pieces.py'))


def noting(note):
    """The replacement for ``warnings._warn_unawaited_coroutine``. It looks the same in a traceback, if the warning is an error."""
    warn = warnings.warn

    def _warn_unawaited_coroutine(coro):
        note(coro)
        text = f"coroutine '{coro.__qualname__}' was never awaited\n"
        if coro.cr_origin is not None:
            # Innermost first: the frames below the program's own are ours.
            origin = itertools.takewhile(lambda place: place[0] not in PROGRAM, coro.cr_origin)
            made = [(file, line, name, linecache.getline(file, line)) for file, line, name in reversed(list(origin))]
            text += 'Coroutine created at (most recent call last)\n' + ''.join(traceback.format_list(made))
        warn(text.rstrip('\n'), category=RuntimeWarning, stacklevel=2, source=coro)

    return look_like(_warn_unawaited_coroutine, warnings._warn_unawaited_coroutine, 'warn')
