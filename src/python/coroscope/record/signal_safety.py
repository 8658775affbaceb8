"""Whether a signal came while something of the record was half done.

Python runs a signal's handler between any two instructions, the tracer's own too. A handler that ends the record has to wait until what it
interrupted is whole: else the step that begins or ends just then is lost, or a chunk is written into the middle of another one.
"""

import os
import signal
import threading
from _thread import start_new_thread
from time import sleep

from .. import FOLDER

HERE = FOLDER + os.sep
#: Waits for a person, in the program's place.
HOST_INPUT = os.path.join(FOLDER, 'program', 'host_input.py')
#: Packages whose functions record something: while one of them calls into the standard library it is not done.
RECORDING = ('record', 'source', 'waits', 'coroutines', 'resources', 'watch')
#: So often a signal is put off, each time by so many seconds.
MOST, SOON = 100, 0.001


def is_recording(frame, user_files):
    """``frame``: the one that the signal interrupted."""
    innermost = True
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(HERE) and file != HOST_INPUT:
            return innermost or file[len(HERE):].split(os.sep)[0] in RECORDING
        if user_files[file]:
            return False
        innermost = False
        frame = frame.f_back
    return False


class DeferSignal:
    """Sends a signal to the main thread again, a moment later."""

    def __init__(self):
        self._left = MOST

    def __call__(self, number):
        """Returns whether it will come again."""
        if self._left == 0:
            return False
        self._left -= 1
        main = threading.main_thread().ident

        def send():
            sleep(SOON)
            signal.pthread_kill(main, number)

        try:
            start_new_thread(send, ())
        except RuntimeError:
            # No more threads.
            return False
        return True
