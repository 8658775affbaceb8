"""Writes the record before ``os._exit`` and ``os.exec*``, and before a signal that the program sends to itself: they end a process without
running anything else."""

import functools
import os
import signal
import sys

#: Signals that end no process which does not handle them.
HARMLESS = {getattr(signal, name) for name in ('SIGCHLD', 'SIGCONT', 'SIGURG', 'SIGWINCH', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU') if hasattr(signal, name)}
REPLACED = 'The program replaced itself with another one ({}): the recording ends here.'


def watch(session):
    """Wraps ``os._exit`` and the ``os.exec`` family, for this process only. Returns a function that undoes it."""
    undo = []

    def replace(name, before, module=os):
        original = getattr(module, name, None)
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

        setattr(module, name, leaving)
        undo.append(lambda: setattr(module, name, original))

    replace('_exit', lambda frame, status=0: session.left(frame, status & 0xFF if type(status) is int else 0))
    for name in ('execv', 'execve'):
        replace(name, functools.partial(replaced, session, f'os.{name}'))

    def sends(frame, number):
        if ends_process(number):
            session.left(frame, 128 + number, ('killed', f'Ended by {signal.Signals(number).name}.'))
            if number != getattr(signal, 'SIGKILL', 0):
                # Ours, of SIGTERM, has nothing more to do.
                signal.signal(number, signal.SIG_DFL)

    # On the real clock what was recorded is written whenever the loop waits: little is lost.
    if session.clock.kind == 'virtual':
        replace('kill', lambda frame, process, number: sends(frame, number) if process == os.getpid() else None)
        replace('raise_signal', sends, signal)
        replace('abort', lambda frame: sends(frame, signal.SIGABRT))

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


def ends_process(number):
    """Whether the program does not handle a signal that ends the process."""
    if number <= 0 or number in HARMLESS:
        return False
    if number == getattr(signal, 'SIGKILL', 0):
        return True
    handler = signal.getsignal(number)
    return handler == signal.SIG_DFL or getattr(handler, '__module__', None) == 'coroscope.cli'
