"""The file or pipe that takes the trace, whatever the program does with its descriptors."""

import os
# Bound once: tests of programs may replace such functions.
from os import fstat, getpid
from os import write as write_bytes


def opened(path, fd=None, failed=lambda error: None):
    """Where the trace goes, as ``write`` and ``abandon``: an open descriptor, else a new file, else nowhere. The program's own children do
    not inherit it. ``failed`` is called with the ``OSError`` of a write."""
    if fd is not None:
        pass
    elif path:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_BINARY', 0), 0o644)
    else:
        return lambda data: None, lambda: None
    fd = out_of_the_way(fd)
    owner, file = getpid(), identity(fd)

    def write(data):
        if getpid() != owner:
            raise OSError('not the traced process')
        if identity(fd) != file:
            # The program closed all descriptors, and opened one with this number.
            raise OSError('the trace was closed')
        view = memoryview(data)
        try:
            while view:
                view = view[write_bytes(fd, view):]
        except OSError as error:
            failed(error)
            raise

    def abandon():
        try:
            if identity(fd) == file:
                os.close(fd)
        except OSError:
            pass

    return write, abandon


def telling(fd):
    """A ``failed`` for ``opened`` that writes the reason to an open descriptor, for whoever started this; None: to nobody."""
    if fd is None:
        return lambda error: None
    fd = out_of_the_way(fd)
    file = identity(fd)

    def tell(error):
        try:
            if identity(fd) == file:
                write_bytes(fd, (error.strerror or str(error)).encode())
        except OSError:
            pass

    return tell


def identity(fd):
    stat = fstat(fd)
    return stat.st_dev, stat.st_ino


def out_of_the_way(fd):
    """The same file under a high number: those that the program gets are then those that it gets without us."""
    try:
        import fcntl
        import resource
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        most = 4096 if most == resource.RLIM_INFINITY else min(most, 4096)
        high = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, max(fd, most - 16))
    except (ImportError, OSError, ValueError):
        os.set_inheritable(fd, False)
        return fd
    os.close(fd)
    return high
