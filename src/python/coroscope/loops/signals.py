"""Distinguishes callbacks of ``loop.add_signal_handler`` from those of sockets."""

import sys
from asyncio import events

#: Cause of such a callback. A step that it schedules has the cause ``callback``, since there is no room for the signal's number.
SIGNAL = 8


def install(replace, runner):
    unix = sys.modules.get('asyncio.unix_events')
    if unix is None:
        return

    class SignalHandle(events.Handle):
        __slots__ = ()

        _run = runner(lambda handle: (SIGNAL, 0, number_of(handle)))

    SignalHandle.__name__ = SignalHandle.__qualname__ = 'Handle'
    SignalHandle.__module__ = events.Handle.__module__

    def _handle_signal(self, sig):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
            return
        if type(handle) is events.Handle:
            handle.__class__ = SignalHandle
        self._add_callback_signalsafe(handle)

    replace(unix._UnixSelectorEventLoop, '_handle_signal', _handle_signal)


def number_of(handle):
    for number, each in handle._loop._signal_handlers.items():
        if each is handle:
            return int(number)
    return 0
