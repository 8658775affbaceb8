"""Writes the record before ``os._exit`` and ``os.exec*``, which end a process without running anything else."""

import functools
import os
import sys

REPLACED = 'The program became another one ({}): the record ends here.'


def watch(session):
    """Wraps ``os._exit`` and the ``os.exec`` family, for this process only. Returns a function that undoes it."""
    undo = []

    def replace(name, before):
        original = getattr(os, name, None)
        if original is None:
            return

        @functools.wraps(original)
        def leaving(*args, **kwargs):
            if session.recorder.on:
                try:
                    before(sys._getframe(1), *args)
                except Exception:
                    # The program must exit, whatever happens here.
                    pass
            return original(*args, **kwargs)

        setattr(os, name, leaving)
        undo.append(lambda: setattr(os, name, original))

    replace('_exit', lambda frame, status=0: session.left(frame, status & 0xFF if type(status) is int else 0))
    for name in ('execv', 'execve'):
        replace(name, functools.partial(replaced, session, f'os.{name}'))

    def restore():
        for each in undo:
            each()

    return restore


def replaced(session, name, frame, *args):
    path = args[0] if args else None
    # Python tries each folder of PATH, and most do not have the program.
    if isinstance(path, (str, bytes)) and not os.path.exists(path):
        return
    session.left(frame, 0, ('replaced', REPLACED.format(name)))
