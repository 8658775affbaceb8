"""``signal.alarm`` and ``signal.setitimer`` on the virtual clock: they count virtual seconds, and raise the signal when these are over.

Only ``ITIMER_REAL`` is replaced; the timers of CPU time still count CPU time.
"""

import sys
import threading
from math import ceil


class Alarm:
    """The one timer that a process has; ``due`` and ``every`` in seconds of the virtual clock."""

    def __init__(self, clock, real):
        self._clock = clock
        self._setitimer = getattr(sys.modules['signal'], 'setitimer', None)
        self.real = real
        self.due = None
        self.every = 0.0

    def set(self, seconds, every=0.0):
        """Sets the timer. Returns the remaining seconds and the interval of the timer before."""
        before = self.left(), self.every
        self.due = self._clock.now() + seconds if seconds > 0 else None
        self.every = every
        return before

    def left(self):
        return 0.0 if self.due is None else max(self.due - self._clock.now(), 1e-6)

    def ring_if_due(self, now):
        """Called in another thread, while a step computes: its time has come to ``now``. The system raises the signal in the main thread."""
        due = self.due
        if due is None or now < due or not self.real:
            return
        import signal
        self.due = due + self.every if self.every > 0 else None
        signal.pthread_kill(threading.main_thread().ident, signal.SIGALRM)

    def begin_real(self):
        """The loop's thread waits in real time: the system counts meanwhile, and interrupts it. Returns whether there is a timer."""
        if self.due is None or not self.real:
            return False
        self._setitimer(0, self.left(), self.every)
        return True

    def end_real(self, until):
        """It was ``until`` that moment of the virtual clock."""
        left = self._setitimer(0, 0.0)[0]
        self.due = until + left if left > 0 else None

    def ring(self):
        """Raises the signal; its handler runs before this returns, and may raise."""
        import signal
        self.due = self.due + self.every if self.every > 0 else None
        if self.real:
            signal.raise_signal(signal.SIGALRM)
            return
        # WebAssembly has no such signal: call the handler directly.
        handler = signal.getsignal(signal.SIGALRM)
        if callable(handler):
            handler(signal.SIGALRM, sys._getframe(1))
        elif handler == signal.SIG_DFL:
            sys.stderr.write('Alarm clock\n')
            raise SystemExit(128 + signal.SIGALRM)


def install(clock):
    """Replaces the functions once ``signal`` is there. Returns the undoing."""
    signal = sys.modules.get('signal')
    if not hasattr(signal, 'SIGALRM'):
        # Windows has none.
        return lambda: None
    clock.alarm = alarm = Alarm(clock, hasattr(signal, 'setitimer'))
    originals = {name: getattr(signal, name, None) for name in ('alarm', 'setitimer', 'getitimer')}
    itimer_real = getattr(signal, 'ITIMER_REAL', 0)
    signal.ITIMER_REAL = itimer_real

    def alarm_(seconds, /):
        if type(seconds) is not int:
            # The original raises the error, or accepts other numeric types.
            seconds = range(seconds).stop
        return ceil(alarm.set(seconds)[0])

    def setitimer(which, seconds, interval=0.0, /):
        if which != itimer_real or seconds < 0 or interval < 0:
            return originals['setitimer'](which, seconds, interval)
        return alarm.set(seconds, interval)

    def getitimer(which, /):
        return (alarm.left(), alarm.every) if which == itimer_real else originals['getitimer'](which)

    for name, function in (('alarm', alarm_), ('setitimer', setitimer), ('getitimer', getitimer)):
        function.__name__ = function.__qualname__ = name
        function.__module__, function.__doc__ = 'signal', getattr(originals[name], '__doc__', None)
        setattr(signal, name, function)

    def uninstall():
        clock.alarm = None
        for name, original in originals.items():
            if original is None:
                delattr(signal, name)
            else:
                setattr(signal, name, original)

    return uninstall
