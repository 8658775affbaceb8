"""The tracer's own command line, for the hosts that start it. People use ``coroscope run``."""

import argparse
import json
import os
import platform
import signal
import sys
import threading
from os import getpid  # Bound once: tests of programs may replace such functions.

from . import __version__
from .children.follow import follow
from .clock.limits import Limits
from .program import host_input
from .program.at_exit import clear_away_program, run_at_exit
from .program.pieces import Pieces, folder_of
from .program.run import FAILED_TO_START, run
from .records.signal_safety import DeferSignal
from .records.trace_file import opened, out_of_the_way, telling
from .session import STOPPED, Session


def main(argv):
    parser = argparse.ArgumentParser(prog='coroscope', description='Runs a Python program and records how its tasks ran.')
    commands = parser.add_subparsers(dest='command', required=True)
    commands.add_parser('version', help='print the versions as JSON')
    runs = commands.add_parser('run', help='run a program')
    runs.add_argument('--clock', choices=('virtual', 'real'), default='real')
    runs.add_argument('--trace', metavar='PATH', help='write the trace to a file')
    runs.add_argument('--trace-fd', metavar='N', type=int, help='write the trace to an open file descriptor')
    runs.add_argument('--failed-fd', metavar='N', type=int, help='tell over this descriptor why the trace cannot be written any more')
    runs.add_argument('--source', metavar='PATH', help="read the program's text from here")
    runs.add_argument('--simulation', metavar='PATH', help='JSON: what comments direct, and the modules that may be missing')
    runs.add_argument('--plan', metavar='PATH', help='read from here what to run of which documents, as JSON (see pieces.py)')
    runs.add_argument('--what-if', metavar='PATH', help='JSON: waits that take another time (see what_if.py); virtual clock only')
    runs.add_argument('--ties', choices=('set', 'reversed'), default='set', help='order of timers due at one instant but set at different moments')
    runs.add_argument('--no-arguments', action='store_true', help='do not record what the coroutines of tasks were called with')
    runs.add_argument('--no-library-calls', action='store_true', help='do not name waits by what was asked of known libraries')
    runs.add_argument('--detail', choices=('auto', 'full'), default='auto', help='whether inner coroutines are followed where that makes the program much slower')
    runs.add_argument('--ask-fd', metavar='N', type=int, help='ask over this descriptor for each line that the program reads (see host_input.py)')
    runs.add_argument('--module', metavar='NAME', help='run this module, as python -m does')
    runs.add_argument('--stop-reason', metavar='PATH', help='a file that says, when a SIGTERM comes from the host, why')
    runs.add_argument('--max-steps', metavar='N', type=int, default=0)
    runs.add_argument('--max-virtual-time', metavar='SECONDS', type=float, default=0)
    runs.add_argument('--max-wall-time', metavar='SECONDS', type=float, default=0)
    runs.add_argument('--write-when-idle', action='store_true', help='write what was recorded as soon as all loops wait: somebody watches')
    runs.add_argument('--follow', metavar='FOLDER', help='processes that the program starts record themselves into this folder')
    runs.add_argument('file')
    runs.add_argument('args', nargs=argparse.REMAINDER)
    attaches = commands.add_parser('attach', help='record a process that runs already (see attaching.py)')
    attaches.add_argument('--trace', metavar='PATH', required=True, help='the process writes the trace to this file')
    attaches.add_argument('--for', metavar='SECONDS', dest='seconds', type=float, default=0, help='end the record after this time')
    attaches.add_argument('--no-arguments', action='store_true', help='do not record what the coroutines of tasks were called with')
    attaches.add_argument('--no-library-calls', action='store_true', help='do not name waits by what was asked of known libraries')
    attaches.add_argument('--patience', metavar='SECONDS', type=float, default=10, help='how long to wait until the process answers')
    attaches.add_argument('pid', type=int)
    options = parser.parse_args(argv)
    if options.command == 'version':
        print(json.dumps({'python': platform.python_version(), 'coroscope': __version__}))
        return
    if options.command == 'attach':
        from .attach.attaching import attach
        sys.exit(attach(options))
    start(options)


def start(options):
    file = os.path.abspath(options.file)
    source = simulation = pieces = what_if = None
    try:
        if options.simulation:
            with open(options.simulation, encoding='utf-8') as stream:
                simulation = json.load(stream)
        if options.what_if:
            with open(options.what_if, encoding='utf-8') as stream:
                what_if = json.load(stream)
        if options.plan:
            with open(options.plan, encoding='utf-8') as stream:
                pieces = Pieces(stream.read())
        elif options.module:
            pass
        elif options.source:
            with open(options.source, encoding='utf-8') as stream:
                source = stream.read()
        else:
            os.stat(file) if os.path.isdir(file) else open(file, 'rb').close()
        write, abandon = opened(options.trace, options.trace_fd, telling(options.failed_fd))
    except OSError as error:
        sys.stderr.write(f'Coroscope cannot run {options.file}: {error.strerror or error}\n')
        sys.exit(FAILED_TO_START)
    limits = Limits(options.max_steps, options.max_virtual_time, options.max_wall_time)
    program = pieces.program if pieces else options.file
    session = Session(write, options.clock, 'interpreter', program, options.args, limits, halt, notes=pieces and pieces.notes,
                      what_if=what_if, ties=options.ties, show_arguments=not options.no_arguments,
                      detail=options.detail, pid=getpid() if options.follow else None)
    session.recorder.writes_when_idle = options.write_when_idle
    session.recorder.library_calls = not options.no_library_calls
    if options.ask_fd is not None:
        host_input.install(host_input.Channel(out_of_the_way(options.ask_fd)).read, limits, session.clock)
    sys.argv[:] = [program, *options.args]
    sys.path.insert(0, os.getcwd() if options.module else folder_of(pieces) if pieces else os.path.dirname(file))
    forget_termination = on_termination(session, limits, options.stop_reason)

    session.also_in_child = abandon
    if options.follow:
        follow(session, options.follow, not options.no_arguments, not options.no_library_calls)
    while_forking(forget_termination)
    session.start()
    code = run(session, file, source, simulation, pieces, options.module)
    # Other threads may still print and call back: wait for them, as Python does.
    threading._shutdown()
    # What runs at exit is part of the record.
    run_at_exit()
    session.finish()
    session.close()
    session.module = None
    clear_away_program(lambda: session.conclude(code))
    leave(code, session.interrupted)


def on_termination(session, limits, path):
    """SIGTERM is how the host cancels a run or ends it at its wall-time limit, whatever the program is doing; the file ``path`` says why.
    One that comes from elsewhere ends the program as it would without us. Returns the undoing."""
    defer = DeferSignal()

    def terminate(number, frame):
        if session.is_recording(frame) and defer(number):
            return
        reason = stop_reason(path)
        if reason == 'wall-time':
            session.stop('wall-time', f'Stopped after {limits.wall_time:g} s of running.', frame)
        if reason == 'cancelled':
            session.stop('cancelled', 'Cancelled.', frame)
        session.left(frame, 128 + number, ('killed', 'Ended by SIGTERM.'))
        signal.signal(number, signal.SIG_DFL)
        os.kill(getpid(), number)

    def forget():
        try:
            if signal.getsignal(signal.SIGTERM) is terminate:
                signal.signal(signal.SIGTERM, original)
        except ValueError:
            # Forked from a thread other than the main one: only that may set handlers.
            pass

    try:
        original = signal.signal(signal.SIGTERM, terminate)
    except (ValueError, OSError, AttributeError):
        return lambda: None
    return forget


def stop_reason(path):
    try:
        with open(path, encoding='ascii') as stream:
            return stream.read()
    except (OSError, TypeError, ValueError):
        return ''


def while_forking(in_child):
    """Calls ``in_child`` in each forked child before it can be sent a SIGTERM that would end as ours."""
    if not hasattr(os, 'register_at_fork'):
        return
    masks = threading.local()

    def before():
        masks.before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM,))

    def after():
        signal.pthread_sigmask(signal.SIG_SETMASK, masks.before)

    def after_in_child():
        try:
            in_child()
        finally:
            after()

    os.register_at_fork(before=before, after_in_parent=after, after_in_child=after_in_child)


def halt():
    leave(STOPPED)


def leave(code, interrupted=False):
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    if code == STOPPED:
        # Nothing of the program runs after its end: no atexit handler, no finally.
        os._exit(code)
    if interrupted:
        # Python ends by the signal itself, once everything is cleared away. The error was printed already.
        sys.excepthook = lambda *error: None
        raise KeyboardInterrupt
    sys.exit(code)
