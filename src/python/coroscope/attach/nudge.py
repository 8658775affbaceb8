"""Has a process that waits in a system call look around, without a signal that it could see."""

import ctypes
import os
import sys

SEIZE, INTERRUPT, DETACH, CONTINUE = 0x4206, 0x4207, 17, 7
WALL = 0x40000000


def nudge(pid):
    """A loop that waits in ``epoll`` comes back from there, and Python does what it was asked to; then the wait goes on. Linux only: elsewhere
    a process looks when something wakes it."""
    if not sys.platform.startswith('linux'):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    trace = libc.ptrace
    trace.restype = ctypes.c_long
    trace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    if trace(SEIZE, pid, None, None) != 0:
        return
    try:
        trace(INTERRUPT, pid, None, None)
        while True:
            _, status = os.waitpid(pid, WALL)
            if not os.WIFSTOPPED(status) or status >> 16:
                break
            # A signal that came at this moment is the process's own.
            trace(CONTINUE, pid, None, os.WSTOPSIG(status))
    except OSError:
        pass
    finally:
        trace(DETACH, pid, None, None)
