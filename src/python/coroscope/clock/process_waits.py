"""Waits of the loop's own thread for another process, on the virtual clock: they take the time that they really took.

Another process lives in real time. While the loop's thread waits for one, its clocks and ``time.sleep`` are real, too: ``subprocess``
polls them to see whether a time limit has passed.
"""

import functools
import os
import sys
import time
from _thread import get_ident

_real = time.perf_counter


def install(clock):
    """Returns the undoing."""
    subprocess = sys.modules.get('subprocess')
    # The embedded Python has no processes.
    places = [] if sys.platform == 'emscripten' else [(os, 'system')]
    if places and subprocess is not None:
        places += [(subprocess.Popen, 'wait'), (subprocess.Popen, 'communicate')]
    undo = []
    for owner, name in places:
        original = getattr(owner, name, None)
        if original is not None:
            setattr(owner, name, _following(clock, original))
            undo.append((owner, name, original))

    def uninstall():
        for owner, name, original in undo:
            setattr(owner, name, original)

    return uninstall


def _following(clock, original):
    @functools.wraps(original)
    def wait(*given, **named):
        # One of these calls another.
        me = get_ident()
        if me in clock.elsewhere or clock.outside is not None and not clock.in_other_thread():
            return original(*given, **named)
        if clock.in_other_thread():
            clock.elsewhere.add(me)
            try:
                return original(*given, **named)
            finally:
                clock.elsewhere.discard(me)
        began = clock.now()
        clock.outside = since = _real()
        try:
            return original(*given, **named)
        finally:
            clock.outside = None
            took = _real() - since
            # Like a step that computes: what takes less costs nothing, and runs stay alike.
            if took > clock.threshold:
                left = began + took - clock.now()
                if left > 0:
                    clock.advance(left)
                clock.slept(began, clock.time, sys._getframe(1))
    return wait
