"""The program's own signal handlers wait while the tracer records.

Python calls a handler between any two instructions of the main thread, also those of the tracer. An exception that it raised there would
end the record, or be lost, and the program would run on. So a signal that interrupts the tracer comes again a moment later.

No frame of ours is on the stack while a handler runs, and ``signal.getsignal()`` gives what the program set.
"""

import _signal
import signal
import sys

from ..records.signal_safety import MOST, is_in_tracer, send_again


class Handler:
    """What Python has in the place of the program's ``handler``. It calls, in C, what ``__call__`` gives."""

    __slots__ = ('handler', 'number', 'recorder', 'left')

    def __init__(self, handler, number, recorder):
        self.handler = handler
        self.number = number
        self.recorder = recorder
        self.left = MOST

    @property
    def __call__(self):
        recorder = self.recorder
        if self.left > 0 and recorder.on and is_in_tracer(sys._getframe(1), recorder.places.user_files):
            self.left -= 1
            if send_again(self.number, self.is_set):
                return NOTHING
        self.left = MOST
        return self.handler

    def is_set(self):
        return _signal.getsignal(self.number) is self


#: Takes a number and a frame, and does nothing without a frame of its own.
NOTHING = {}.get


def install(recorder):
    """From now on handlers that are set wait for the tracer. Returns the undoing."""
    to_int, to_enum = getattr(signal, '_enum_to_int', None), getattr(signal, '_int_to_enum', None)
    if to_int is None or to_enum is None or not hasattr(signal, 'pthread_kill'):
        # Windows and WebAssembly cannot send a signal to the main thread.
        return lambda: None

    def _enum_to_int(value):
        plain = to_int(value)
        if not callable(plain) or plain is signal.default_int_handler:
            return plain
        try:
            # ``signal.signal`` calls this, with its handler.
            return Handler(plain, int(sys._getframe(1).f_locals['signalnum']), recorder)
        except (KeyError, TypeError, ValueError):
            return plain

    def _int_to_enum(value, kind):
        return value.handler if type(value) is Handler else to_enum(value, kind)

    # ``signal.signal`` and ``signal.getsignal`` stay as they are: they pass what they take and give through these.
    signal._enum_to_int, signal._int_to_enum = _enum_to_int, _int_to_enum

    def uninstall():
        signal._enum_to_int, signal._int_to_enum = to_int, to_enum
        for number in _signal.valid_signals():
            kept = _signal.getsignal(number)
            if type(kept) is Handler:
                try:
                    _signal.signal(number, kept.handler)
                except ValueError:
                    # Only the main thread may set handlers. The record is over: this one only passes signals on.
                    pass

    return uninstall
