"""Calls of the loop's own thread that wait for what lives in real time (another process, a socket, a pipe), on the virtual clock: they
take the time that they really took.

Meanwhile the clocks of the thread and its ``time.sleep`` are real, too: ``subprocess`` polls them to see whether a time limit has passed.
"""

import functools
import os
import sys
import time
import weakref
from _thread import get_ident

_real = time.perf_counter
#: Of ``socket.socket``; ``makefile()`` and ``http.client`` read by them, too.
SOCKET = ('recv', 'recv_into', 'recvfrom', 'recvfrom_into', 'recvmsg', 'recvmsg_into', 'accept', 'connect', 'connect_ex', 'send', 'sendall', 'sendto')
#: Of the raw file of a pipe: whatever reads from it buffered, or line by line, reads by them.
PIPE = ('readinto', 'readall', 'read', 'write')


def install(clock):
    """Returns the undoing."""
    undo = []

    def replace(owner, name, wrap):
        # Methods that a class inherits stay inherited when this is undone.
        own = name in vars(owner) if owner is not None else False
        original = getattr(owner, name, None)
        if original is not None:
            setattr(owner, name, wrap(original))
            undo.append(lambda: setattr(owner, name, original) if own else delattr(owner, name))

    # The embedded Python has neither processes nor sockets.
    if sys.platform != 'emscripten':
        for module, names in (('os', ('system', 'waitpid', 'wait')), ('socket', ('getaddrinfo', 'gethostbyname'))):
            for name in names:
                replace(sys.modules.get(module), name, lambda original: following(clock, original))
        replace(os, 'read', lambda original: following(clock, original, unless=is_at_once))
        replace(sys.modules.get('select'), 'select', lambda original: following(clock, original, limit=limit_of_select))
        socket = sys.modules.get('socket')
        for name in SOCKET:
            replace(getattr(socket, 'socket', None), name, lambda original: following(clock, original, limit=limit_of_socket))
        ssl = sys.modules.get('ssl')
        for name in ('read', 'write', 'do_handshake'):
            replace(getattr(ssl, 'SSLSocket', None), name, lambda original: following(clock, original, limit=limit_of_socket))
        subprocess = sys.modules.get('subprocess')
        if subprocess is not None:
            for name in ('wait', 'communicate'):
                replace(subprocess.Popen, name, lambda original: following(clock, original, polls=True))
            replace(subprocess.Popen, '__init__', lambda original: with_pipes(clock, original))

    def uninstall():
        while undo:
            undo.pop()()

    return uninstall


def following(clock, original, limit=lambda *given, **named: None, unless=lambda *given, **named: False, polls=False):
    """``limit(…)``: after how many seconds the call gives up, None if never, 0 if it does not wait at all; ``unless(…)``: whether it does
    not; ``polls``: it sleeps and reads clocks itself."""
    @functools.wraps(original)
    def wait(*given, **named):
        # One of these calls another.
        if clock.outside is not None and not clock.in_other_thread():
            return original(*given, **named)
        if clock.in_other_thread():
            if not polls or get_ident() in clock.elsewhere:
                return original(*given, **named)
            clock.elsewhere.add(get_ident())
            try:
                return original(*given, **named)
            finally:
                clock.elsewhere.discard(get_ident())
        most = limit(*given, **named)
        if most == 0 or unless(*given, **named):
            return original(*given, **named)
        clock.before_waiting()
        began = clock.now()
        clock.outside = since = _real()
        clock.standing = began, since
        alarm = clock.alarm if clock.alarm is not None and clock.alarm.begin_real() else None
        try:
            return original(*given, **named)
        finally:
            took = _real() - since
            clock.outside = clock.standing = None
            if most is not None and took > most:
                took = most
            if alarm is not None:
                alarm.end_real(began + took)
            # Like a step that computes: what takes less costs nothing, and runs stay alike.
            if took > clock.threshold:
                left = began + took - clock.now()
                if left > 0:
                    clock.advance(left)
                clock.slept(began, clock.time, sys._getframe(1))
    return wait


def limit_of_socket(socket, *given, **named):
    return socket.gettimeout()


def limit_of_select(*given):
    return given[3] if len(given) == 4 and isinstance(given[3], (int, float)) else None


def is_at_once(fd, *given):
    try:
        return not os.get_blocking(fd)
    except (AttributeError, OSError, TypeError):
        return True


def with_pipes(clock, original):
    @functools.wraps(original)
    def __init__(self, *given, **named):
        original(self, *given, **named)
        for pipe in (self.stdin, self.stdout, self.stderr):
            try:
                # A text stream has a buffer, that has a raw file; unbuffered pipes are one.
                raw = getattr(pipe, 'buffer', pipe)
                raw = getattr(raw, 'raw', raw)
                for name in PIPE if raw is not None else ():
                    setattr(raw, name, following(clock, of_raw(weakref.ref(raw), getattr(type(raw), name)), unless=is_open_at_once(raw.fileno())))
            except (AttributeError, OSError, ValueError):
                continue
    return __init__


def of_raw(raw, method):
    """The method without a reference that would keep the pipe open."""
    @functools.wraps(method)
    def call(*given):
        return method(raw(), *given)
    return call


def is_open_at_once(fd):
    return lambda *given: is_at_once(fd)
