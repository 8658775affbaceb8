"""The environment of a program that has to be emulated in WebAssembly, and clear errors for what is not available there."""

import _thread
import ast
import atexit
import gc
import logging
import os
import sys
import threading
import time
import weakref

from ..program.at_exit import run_at_exit as run_registered

#: What the embedded Python lacks, with the methods of loops that need it.
LACKS = {
    'threads': 'run_in_executor getaddrinfo getnameinfo',
    'sockets': '''create_connection create_server create_datagram_endpoint create_unix_connection create_unix_server connect_accepted_socket
        sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall sock_sendto sock_connect sock_accept sock_sendfile sendfile
        start_tls add_reader remove_reader add_writer remove_writer connect_read_pipe connect_write_pipe''',
    'processes': 'subprocess_exec subprocess_shell',
    'signals': 'add_signal_handler remove_signal_handler',
}


def lack(name, what):
    return RuntimeError(f'{name} needs {what}, which the embedded Python does not have. Run this program with an interpreter.')


def no_threads():
    """Makes starting a thread raise an error that says what is missing. Returns a function that undoes it."""
    original, raw = threading._start_joinable_thread, _thread.start_new_thread

    def start(*args, **kwargs):
        raise lack('A new thread', 'threads')

    threading._start_joinable_thread = _thread.start_new_thread = start

    def undo():
        threading._start_joinable_thread, _thread.start_new_thread = original, raw

    return undo


def named_zone(zone):
    """Gives local time the name of its zone (``KST``), where WebAssembly only knows the offset (``UTC+0900``). Returns the
    undoing. Names come from ``zoneinfo``, when they are first asked for."""
    localtime, strftime = time.localtime, time.strftime
    found = []

    def name_of(moment):
        if not found:
            import datetime
            import zoneinfo
            found.append((datetime.datetime.fromtimestamp, zoneinfo.ZoneInfo(zone)))
        convert, info = found[0]
        return convert(time.mktime(moment), info).tzname()

    def local(seconds=None, /):
        moment = localtime(seconds)
        try:
            return time.struct_time(moment, {'tm_gmtoff': moment.tm_gmtoff, 'tm_zone': name_of(moment)})
        except Exception:
            return moment

    def text(format, t=None, /):
        return strftime(format, time.localtime() if t is None else t)

    for function, original in ((local, localtime), (text, strftime)):
        for each in ('__module__', '__name__', '__qualname__', '__doc__'):
            setattr(function, each, getattr(original, each))
    time.localtime, time.strftime = local, text

    def undo():
        time.localtime, time.strftime = localtime, strftime

    return undo


def program_file(file, source):
    """Makes the program's own file exist for Python. Returns a function that undoes it."""
    if not file.startswith('/') or os.path.exists(file):
        return lambda: None
    made = []
    folder = os.path.dirname(file)
    while not os.path.exists(folder):
        made.append(folder)
        folder = os.path.dirname(folder)
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, 'w', encoding='utf-8', newline='') as stream:
            stream.write(source)
    except OSError:
        return lambda: None

    def undo():
        try:
            os.remove(file)
            for each in made:
                os.rmdir(each)
        except OSError:
            # The program has removed them, or left files there.
            pass

    return undo


def begin_at_exit():
    """Clears ``atexit``, as when Python has just started."""
    atexit._clear()
    weakref.finalize._registered_with_atexit = False
    weakref.finalize._shutdown = False
    atexit.register(logging.shutdown)


def run_at_exit():
    run_registered()
    weakref.finalize._shutdown = False


#: What is said meanwhile stands in no line of any file: Python says ``<sys>:0``.
_TREE = ast.parse("for name in [name for name in names if name != '__builtins__']: names.pop(name, None)\ncollect()")
_TEAR_DOWN = compile(ast.Module([ast.increment_lineno(each, -each.lineno) for each in _TREE.body], []), '<sys>', 'exec')


def tear_down(module):
    """Deletes the program's own module and what only refers to itself, as at the end of Python: ``__del__`` runs, coroutines that were
    never awaited are reported, and nothing can be imported any more."""
    if module is None:
        return
    finders, tracemalloc = sys.meta_path, sys.modules.pop('tracemalloc', None)
    sys.meta_path = None
    try:
        exec(_TEAR_DOWN, {'names': vars(module), 'collect': gc.collect})
    finally:
        sys.meta_path = finders
        if tracemalloc is not None:
            sys.modules['tracemalloc'] = tracemalloc
