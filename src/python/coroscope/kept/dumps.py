"""Writes what was recorded so far when something asks for it: a signal, a slow request, a blocked loop. Each in a thread of its own, which ends
with it, so that neither the program nor a signal handler waits for the disk."""

import logging
import os
import signal
import threading
import time
from _thread import allocate_lock, get_ident, start_new_thread

#: Seconds between two dumps that nobody asked for, at least.
LEAST_PAUSE = 10
#: How long the end of the record for a dump.
LONGEST_DUMP = 30

_log = logging.getLogger('coroscope')


class Dumps:
    """``dump(path)`` writes a trace; ``beside``: the path that others are named after; ``most``: how many are written without being asked for;
    ``pause``: seconds between two of these."""

    def __init__(self, dump, beside, most, pause):
        self._dump = dump
        self._beside = beside
        self._left = most
        self._pause = max(pause, LEAST_PAUSE)
        self._next = 0.0
        self._number = 0
        self._writing = allocate_lock()
        self._over = False
        self._before = None
        self._signal = None

    # What asks.

    def on_signal(self, number):
        """Raises ValueError where another thread than the main one begins the record."""
        self._before = signal.signal(number, self._signalled)
        self._signal = number

    def _signalled(self, number, frame):
        self._start('signal', f'{signal.Signals(number).name} came')
        if callable(self._before):
            self._before(number, frame)

    def slow_request(self, name, seconds):
        self._ask('slow-request', f'{name or "A request"} took {seconds:.3g} s')

    def blocked(self, seconds):
        self._ask('blocked', f'The event loop was blocked for some {seconds:.2g} s')

    def _ask(self, reason, text):
        now = time.monotonic()
        if self._left > 0 and now >= self._next:
            self._left -= 1
            self._next = now + self._pause
            self._start(reason, text)

    # What is done.

    def _start(self, reason, text):
        if self._over:
            return
        try:
            start_new_thread(self._run, (reason, text))
        except RuntimeError:
            # No more threads, or Python ends.
            pass

    def _run(self, reason, text):
        if hasattr(signal, 'pthread_sigmask'):
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        with self._writing:
            try:
                if not self._over:
                    self._write(reason, text)
            finally:
                # Logging has made a thread object of this one.
                threading._active.pop(get_ident(), None)

    def _write(self, reason, text):
        path = self._path(reason)
        part = path + '.part'
        try:
            self._dump(part)
            os.replace(part, path)
        except Exception as error:
            _log.warning('%s, but what was recorded cannot be written: %s', text, getattr(error, 'strerror', None) or error)
            try:
                os.unlink(part)
            except OSError:
                pass
            return
        left = '' if self._left else '; no more are written'
        _log.warning('%s: the last of it is in %s%s', text, path, left)

    def _path(self, reason):
        stem, extension = os.path.splitext(self._beside)
        while True:
            self._number += 1
            path = f'{stem}-{self._number}-{reason}{extension}'
            if not os.path.exists(path):
                return path

    def end(self):
        """No more of them; one that is being written is completed."""
        if self._signal is not None:
            try:
                if signal.getsignal(self._signal) == self._signalled:
                    signal.signal(self._signal, self._before)
            except (ValueError, TypeError):
                # Another thread than the main one, or a handler that C code had set.
                pass
            self._signal = None
        if self._writing.acquire(timeout=LONGEST_DUMP):
            self._over = True
            self._writing.release()
        self._over = True

    def forked(self):
        """In a child: the thread that held the lock is not here."""
        self._over = True
        self._writing = allocate_lock()
