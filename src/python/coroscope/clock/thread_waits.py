"""Waits of the loop's own thread for other threads, on the virtual clock: one that runs out has taken the time that it was given, and one
without a limit in which the program is stopped what it really took.

``Condition.wait`` is what ``queue.get``, ``Event.wait``, ``Semaphore.acquire`` and ``Future.result`` wait by.
"""

import sys
import threading
import time

_real = time.perf_counter


def install(clock):
    """Returns the undoing."""
    original_wait, original_join = threading.Condition.wait, threading.Thread.join

    def ran_out(began, timeout, frame):
        left = began + timeout - clock.now()
        if left > 0:
            clock.advance(left)
        clock.slept(began, clock.time, frame)

    def for_good(original, waiter):
        before, clock.standing = clock.standing, (clock.now(), _real())
        try:
            return original(waiter)
        finally:
            clock.standing = before

    def wait(self, timeout=None):
        if timeout is None and clock.drives_loop and not clock.in_other_thread():
            return for_good(original_wait, self)
        if timeout is None or timeout <= 0 or clock.in_other_thread():
            return original_wait(self, timeout)
        began = clock.now()
        notified = original_wait(self, timeout)
        if not notified:
            ran_out(began, timeout, sys._getframe(1))
        return notified

    def join(self, timeout=None):
        if timeout is None and clock.drives_loop and not clock.in_other_thread():
            return for_good(original_join, self)
        if timeout is None or timeout <= 0 or clock.in_other_thread():
            return original_join(self, timeout)
        began = clock.now()
        original_join(self, timeout)
        if self.is_alive():
            ran_out(began, timeout, sys._getframe(1))

    for name, function, original in (('wait', wait, original_wait), ('join', join, original_join)):
        for each in ('__module__', '__name__', '__qualname__', '__doc__'):
            setattr(function, each, getattr(original, each))
    threading.Condition.wait, threading.Thread.join = wait, join

    def uninstall():
        threading.Condition.wait, threading.Thread.join = original_wait, original_join

    return uninstall
