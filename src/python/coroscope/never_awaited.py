"""The warning for a coroutine that was never awaited, given as ``warnings`` gives it, after a note was taken."""

import linecache
import traceback
import warnings

from .disguise import stand_in


def noting(note):
    """What stands in for ``warnings._warn_unawaited_coroutine``, also where the warning is an error and shows its traceback."""
    warn = warnings.warn

    def _warn_unawaited_coroutine(coro):
        note(coro)
        text = f"coroutine '{coro.__qualname__}' was never awaited\n"
        if coro.cr_origin is not None:
            made = [(file, line, name, linecache.getline(file, line)) for file, line, name in reversed(coro.cr_origin)]
            text += 'Coroutine created at (most recent call last)\n' + ''.join(traceback.format_list(made))
        warn(text.rstrip('\n'), category=RuntimeWarning, stacklevel=2, source=coro)

    return stand_in(_warn_unawaited_coroutine, warnings._warn_unawaited_coroutine, 'warn')
