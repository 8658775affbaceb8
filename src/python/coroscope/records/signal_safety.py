"""What signals may interrupt.

Python runs signal handlers between any two instructions, also those of the tracer. A handler that ends the record has to wait until what it
interrupted is complete: otherwise a step would be lost, or a chunk would be written into the middle of another one. While the record is
written, signals are blocked: a write to a full pipe lasts for as long as its reader takes, and an exception of a handler would lose the rest.
"""

import _signal
import dis
import os
import signal
import threading
from _thread import start_new_thread
from time import sleep

from .. import FOLDER

HERE = FOLDER + os.sep
PACKAGE = __name__.split('.')[0] + '.'
#: Files that call on behalf of the program what a signal may interrupt: they wait for the user's input, or send the signal.
FOR_PROGRAM = tuple(os.path.join(FOLDER, 'program', name) for name in ('host_input.py', 'process_exit.py'))
#: Packages that record something: while one of their functions is on the stack, the record is incomplete.
RECORDING = ('records', 'source', 'waits', 'coroutines', 'resources', 'watch')
#: How often a signal is deferred, and for how many seconds each time.
MOST, SOON = 100, 0.001

#: Those that report an error of the thread itself, or cannot be blocked.
NEVER_BLOCKED = {
    getattr(_signal, name) for name in ('SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGABRT', 'SIGTRAP', 'SIGKILL', 'SIGSTOP')
    if hasattr(_signal, name)
}


class BlockSignals:
    """A context in which this thread handles no signals: they come at its end. Does nothing where a thread cannot block them (Windows,
    WebAssembly). ``_signal`` gives plain numbers: those of ``signal`` are made into an enumeration each time."""

    if hasattr(_signal, 'pthread_sigmask'):
        __slots__ = ('_before',)

        def __enter__(self, mask=_signal.pthread_sigmask, how=_signal.SIG_BLOCK, these=frozenset(_signal.valid_signals()) - NEVER_BLOCKED):
            self._before = mask(how, these)

        def __exit__(self, *error, mask=_signal.pthread_sigmask, how=_signal.SIG_SETMASK):
            mask(how, self._before)
    else:
        __slots__ = ()

        def __enter__(self):
            pass

        def __exit__(self, *error):
            pass


def is_recording(frame, user_files):
    """Whether the tracer is recording in ``frame``, which the signal interrupted, or in its callers."""
    innermost = True
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(HERE) and file not in FOR_PROGRAM:
            return innermost or file[len(HERE):].split(os.sep)[0] in RECORDING
        if user_files[file]:
            return False
        innermost = False
        frame = frame.f_back
    return False


def is_in_tracer(frame, user_files):
    """Whether code of the tracer that keeps its record, or what it called, was interrupted in ``frame``: not where it calls the program
    or waits in its place. Frames are told by their modules: some of ours have the files of what they stand for."""
    innermost = True
    while frame is not None:
        code = frame.f_code
        if user_files[code.co_filename]:
            return False
        name = frame.f_globals.get('__name__')
        if type(name) is str and name.startswith(PACKAGE):
            room = name[len(PACKAGE):].split('.')[0]
            if room == 'loops':
                # Those with a file of asyncio's run callbacks of the program.
                return code.co_filename.startswith(HERE) or innermost and frame.f_lasti not in calls_of_run(code)
            if room in RECORDING or room == 'requests':
                return True
            # The clock and what stands for functions of the system are called by the program and by the tracer.
        else:
            innermost = False
        frame = frame.f_back
    return False


#: By code objects, of which there are a few.
_calls = {}


def calls_of_run(code):
    """Where ``code`` calls ``context.run``, with a callback of the program."""
    found = _calls.get(code)
    if found is None:
        found = _calls[code] = set()
        is_run = False
        for instruction in dis.get_instructions(code):
            if instruction.opname.startswith('LOAD_') and instruction.argval == 'run':
                is_run = True
            elif is_run and instruction.opname.startswith('CALL') and 'INTRINSIC' not in instruction.opname:
                found.add(instruction.offset)
                is_run = False
    return found


def send_again(number, is_wanted=lambda: True):
    """Sends a signal to the main thread, a moment later, if it is wanted then. Returns whether it will."""
    main = threading.main_thread().ident

    def send():
        sleep(SOON)
        if is_wanted():
            signal.pthread_kill(main, number)

    try:
        start_new_thread(send, ())
    except RuntimeError:
        # No more threads.
        return False
    return True


class DeferSignal:
    """Sends a signal to the main thread again, a moment later, but not for ever."""

    def __init__(self):
        self._left = MOST

    def __call__(self, number):
        """Returns whether it will come again."""
        if self._left == 0:
            return False
        self._left -= 1
        return send_again(number)
