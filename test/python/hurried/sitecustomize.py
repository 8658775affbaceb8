"""A machine on which nothing takes time and nothing waits, for programs on the real clock: put this folder on PYTHONPATH.

Whoever sleeps has slept at once, and the clocks say so. What a program does then depends on no other program of the machine.
It holds while there is one thread: beside others a loop waits as ever, and so does who waits for another process.
"""

import selectors
import time
from _thread import _count as other_threads

_real = time.monotonic
_now = _real()


def now():
    global _now
    # Time goes on for who only looks at the clock, too.
    _now += 1e-6
    return _now


def sleep(seconds):
    global _now
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    _now += seconds


def select(self, timeout=None, real=selectors.DefaultSelector.select):
    # Asked first: a thread that ends in between has woken the loop before.
    alone = other_threads() == 0
    ready = real(self, 0)
    if ready or timeout is not None and timeout <= 0:
        return ready
    if timeout is not None and alone:
        sleep(timeout)
        return ready
    began = _real()
    ready = real(self, timeout)
    sleep(_real() - began)
    return ready


time.monotonic = time.perf_counter = now
time.monotonic_ns = time.perf_counter_ns = lambda: round(now() * 1e9)
time.sleep = sleep
selectors.DefaultSelector.select = select
