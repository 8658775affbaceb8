"""Runs programs inside WebAssembly (Pyodide), where there is no selector, no socket, no thread, and no process to end.

``run`` can be called again and again in one interpreter.
"""

import asyncio
import gc
import inspect
import itertools
import json
import linecache
import logging
import os
import sys
import warnings
from asyncio import base_events, events, log, unix_events

from ..clock.limits import Limits, Stopped
from ..loops.eager import without_our_frame
from ..program import host_input
from ..program.pieces import Pieces, folder_of
from ..program.run import flush
from ..program.run import run as run_program
from ..records.signal_safety import MOST
from ..records.recorder import BATCH
from ..session import STOPPED, Session
from ..source import lines
from .surroundings import LACKS, begin_at_exit, lack, named_zone, no_threads, program_file, run_at_exit, tear_down


class NoSelector:
    """A selector without files: the loop only waits for time, which is virtual."""

    def select(self, timeout=None):
        return []

    def get_map(self):
        return {}

    def close(self):
        pass


class EmbeddedEventLoop(base_events.BaseEventLoop):
    def __init__(self, selector=None):
        super().__init__()
        # Log this as a loop with a selector does in debug mode.
        log.logger.debug('Using selector: %s', 'EpollSelector')
        self._selector = NoSelector()

    def create_task(self, coro, **kwargs):
        # The interpreter keeps counting from run to run, but each program's first task should be Task-1.
        if kwargs.get('name') is not None:
            return without_our_frame(super().create_task(coro, **kwargs), __file__)
        name = f'Task-{next(names.count)}'
        factory = self._task_factory
        if factory is None or takes_name(factory):
            return without_our_frame(super().create_task(coro, **dict(kwargs, name=name)), __file__)
        task = super().create_task(coro, **kwargs)
        if hasattr(task, 'set_name'):
            task.set_name(name)
        return task

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass


def lacking(name, what):
    def method(self, *args, **kwargs):
        raise lack(f'{name}()', what)
    method.__name__, method.__qualname__ = name, f'BaseEventLoop.{name}'
    return method


for what, methods in LACKS.items():
    for name in methods.split():
        setattr(EmbeddedEventLoop, name, lacking(name, what))


def takes_name(factory):
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(each.name == 'name' or each.kind is each.VAR_KEYWORD for each in parameters)


class TaskNames:
    count = itertools.count(1)


names = TaskNames()
EmbeddedEventLoop.__name__ = EmbeddedEventLoop.__qualname__ = '_UnixSelectorEventLoop'


def run(source, filename, argv, options, write):
    """Runs ``source`` as the program ``filename`` and returns its exit code; 124 if it was stopped.

    ``options``: ``max_steps``, ``max_virtual_time``, ``max_wall_time``, 0 for no limit; ``whole``, if nobody looks at the trace before its
    end: ``clear_away`` has to be called then; ``plan``, if the program is put together from pieces (see ``pieces.py``); ``simulation``: JSON,
    see ``program.run``; ``what_if``: JSON, see ``what_if.py``; ``cpu_time()``, CPU seconds of this thread, if the host can tell; ``zone``, the name of the local time zone;
    ``ties``: see ``clock.VirtualClock``; ``arguments``: False where those of tasks are not to be recorded;
    ``asks``: whether a person is asked for what is read from standard input;
    ``heed(on)``, called where the host's interrupts can be taken, and where no more; ``why()``: why the host interrupts (see ``host.py``);
    ``stopped()``, called when the program was stopped: nothing that it still prints is to be shown.
    ``write`` is called with bytes of the trace.
    """
    clear_away()
    cpu_time = options.get('cpu_time')
    simulation = json.loads(options.get('simulation') or 'null')
    what_if = json.loads(options.get('what_if') or 'null')
    pieces = Pieces(options['plan']) if options.get('plan') else None
    program = pieces.program if pieces else filename
    whole = options.get('whole')
    asks = options.get('asks')
    zone = options.get('zone')
    ties = options.get('ties') or 'set'
    show_arguments = options.get('arguments') is not False
    heed = options.get('heed') or (lambda on: None)
    why = options.get('why') or (lambda: 'cancelled')
    stopped = options.get('stopped') or (lambda: None)
    options = {key: options.get(key) or 0 for key in ('max_steps', 'max_virtual_time', 'max_wall_time')}
    limits = Limits(options['max_steps'], options['max_virtual_time'], options['max_wall_time'])
    session = Session(lambda data: write(data), 'virtual', 'embedded', program, list(argv), limits, lambda: halt(stopped, session), cpu_time,
                      notes=pieces and pieces.notes, what_if=what_if, ties=ties, show_arguments=show_arguments)
    if whole:
        session.select_hook.few = 0
        session.recorder.least_turns = BATCH
    unnamed = lambda: None  # noqa: E731
    before = Surroundings()
    if asks:
        host_input.install(lambda most: os.read(0, most), limits, session.clock)
    before.remove_file = program_file(filename, source) if pieces is None else lambda: None
    sys.argv[:] = [program, *argv]
    sys.path.insert(0, folder_of(pieces) if pieces else os.path.dirname(filename))
    restore_interrupt = on_interrupt(session, limits, why)
    try:
        heed(True)
        session.start()
        if zone:
            unnamed = named_zone(zone)
        code = run_program(session, filename, source, simulation, pieces)
        run_at_exit()
        session.finish()
        session.withdraw()
        tear_down(session.module)
        session.conclude(code)
    except Stopped:
        code = STOPPED
    finally:
        # An interrupt during cleanup would leave half of it to the next run.
        heed(False)
        unnamed()
        session.close()
        restore_interrupt()
        if whole:
            deferred.append(before.restore)
        else:
            before.restore()
    return code


#: Cleanup that was deferred after runs whose end is all that matters.
deferred = []


def clear_away():
    """The deferred cleanup of ``run`` with ``whole``; call it before the next run, when nobody waits."""
    while deferred:
        deferred.pop()()


#: Coroutines of stopped programs. One that catches everything in a loop would never let itself be closed.
never_closed = []


def halt(stopped, session):
    """There is no process to end: the exception unwinds the program. Its ``finally`` blocks run, unheard, but its loops run no more."""
    for record in session.recorder.loops:
        loop = record.loop() if record.loop is not None else None
        if loop is not None:
            never_closed.extend(task.get_coro() for task in asyncio.all_tasks(loop) if not task.done())
    flush()
    stopped()
    raise Stopped


def on_interrupt(session, limits, why):
    """Handles interrupts of the host in a program that does not yield control: it stops at once, or ends as with Ctrl+C. Returns a function that undoes it."""
    import signal
    #: The reason to stop, if it came while the tracer was recording, and how often it may still be deferred.
    waiting, left = [], [MOST]

    def interrupted(number, frame):
        reason = why()
        if sent and reason in ('', 'sample'):
            # The host asked at the same moment.
            reason = 'interrupt'
        sent.clear()
        if reason == 'sample':
            if not waiting:
                session.looked_at(frame)
                return
            # The host asks so again and again.
            reason = waiting.pop()
        if reason in ('', 'interrupt'):
            handler = theirs[0]
            if callable(handler):
                handler(number, frame)
            return
        if not session.recorder.on:
            raise Stopped
        if session.is_recording(frame) and left[0] > 0:
            left[0] -= 1
            waiting.append(reason)
            return
        if reason == 'wall-time':
            session.stop('wall-time', f'Stopped after {limits.wall_time:g} s of running.', frame)
        session.stop('cancelled', 'Cancelled.', frame)

    # Only for Ctrl+C is the program's own handler called: all other interrupts come the same way.
    theirs = [signal.default_int_handler]
    set_handler, get_handler = signal.signal, signal.getsignal

    def setting(number, handler):
        if number != signal.SIGINT:
            return set_handler(number, handler)
        if not callable(handler) and handler not in (signal.SIG_IGN, signal.SIG_DFL):
            return set_handler(number, handler)
        before, theirs[0] = theirs[0], handler
        return before

    def getting(number):
        return theirs[0] if number == signal.SIGINT else get_handler(number)

    for original, replacement in ((set_handler, setting), (get_handler, getting)):
        replacement.__name__ = replacement.__qualname__ = original.__name__
        replacement.__module__ = 'signal'
    #: Whether the program itself sends the signal.
    sent = []
    raise_signal, kill = signal.raise_signal, os.kill

    def sending(number, /):
        if number == signal.SIGINT:
            sent.append(number)
        raise_signal(number)

    def killing(process, number, /):
        if number == signal.SIGINT and process == os.getpid():
            sent.append(number)
        kill(process, number)

    for original, replacement in ((raise_signal, sending), (kill, killing)):
        for each in ('__module__', '__name__', '__qualname__', '__doc__'):
            setattr(replacement, each, getattr(original, each))
    original = set_handler(signal.SIGINT, interrupted)
    signal.signal, signal.getsignal = setting, getting
    signal.raise_signal, os.kill = sending, killing

    def restore():
        signal.signal, signal.getsignal = set_handler, get_handler
        signal.raise_signal, os.kill = raise_signal, kill
        set_handler(signal.SIGINT, original)

    return restore


class Surroundings:
    """Interpreter state that a program may change, and that is restored for the next one."""

    def __init__(self):
        self.path = list(sys.path)
        self.argv = list(sys.argv)
        self.modules = set(sys.modules)
        self.filters = list(warnings.filters)
        self.hook = sys.excepthook
        self.logs = LogState()
        self.running = events._get_running_loop()
        names.count = itertools.count(1)
        events._set_running_loop(None)
        self.policy = events._event_loop_policy
        # Asyncio's own, which is made when it is first asked for, with our loop.
        events._event_loop_policy = None
        self.factory = unix_events._DefaultEventLoopPolicy._loop_factory
        unix_events._DefaultEventLoopPolicy._loop_factory = EmbeddedEventLoop
        self.threads = no_threads()
        self.remove_file = lambda: None
        begin_at_exit()
        self.classes = {name: getattr(asyncio, name) for name in ('SelectorEventLoop', 'EventLoop') if hasattr(asyncio, name)}
        for name in ('SelectorEventLoop', 'EventLoop'):
            setattr(asyncio, name, EmbeddedEventLoop)
        # Pyodide's own ``asyncio.run`` hands the coroutine to the browser's loop; the original does what the user's Python does.
        self.asyncio_run = asyncio.run
        asyncio.run = asyncio.runners.run

    def restore(self):
        for name in ('SelectorEventLoop', 'EventLoop'):
            if name in self.classes:
                setattr(asyncio, name, self.classes[name])
            else:
                delattr(asyncio, name)
        sys.path[:] = self.path
        sys.argv[:] = self.argv
        warnings.filters[:] = self.filters
        asyncio.run = self.asyncio_run
        sys.excepthook = self.hook
        self.logs.restore()
        events._set_running_loop(None)
        quietly_collect()
        events._event_loop_policy = self.policy
        unix_events._DefaultEventLoopPolicy._loop_factory = self.factory
        self.threads()
        self.remove_file()
        events._set_running_loop(self.running)
        linecache.clearcache()
        lines.forget()


class LogState:
    """The state of ``logging``: its loggers and their configuration, which is reset for each program."""

    def __init__(self):
        manager = logging.root.manager
        self._disabled = manager.disable
        self._loggers = dict(manager.loggerDict)
        self._states = [(each, dict(each.__dict__, handlers=list(each.handlers), filters=list(each.filters)))
                        for each in (logging.root, *self._loggers.values()) if isinstance(each, logging.Logger)]

    def restore(self):
        manager = logging.root.manager
        manager.disable = self._disabled
        manager.loggerDict.clear()
        manager.loggerDict.update(self._loggers)
        for logger, state in self._states:
            logger.__dict__.update(state)
            logger._cache.clear()


def quietly_collect():
    """Collects what a stopped program has left, without output of its finalizers, which would appear in the next run."""
    hook = sys.unraisablehook
    sys.unraisablehook = lambda unraisable: None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            gc.collect()
    finally:
        sys.unraisablehook = hook


WARM_UP = """
import asyncio, traceback, warnings
async def work(n):
    try:
        await asyncio.sleep(n)
    except asyncio.CancelledError:
        raise
async def items():
    for i in range(2):
        yield i
        await asyncio.sleep(1)
async def main():
    queue, lock, event, permits, condition = asyncio.Queue(1), asyncio.Lock(), asyncio.Event(), asyncio.Semaphore(1), asyncio.Condition()
    async with asyncio.TaskGroup() as group:
        group.create_task(work(1))
        group.create_task(queue.put(1))
    async with lock, permits, condition:
        await queue.get()
    try:
        async with asyncio.timeout(1):
            await asyncio.wait_for(event.wait(), 5)
    except TimeoutError:
        traceback.format_exc()
    async for _ in items():
        pass
    await asyncio.gather(work(1), asyncio.shield(asyncio.create_task(work(1))))
    done, pending = await asyncio.wait([asyncio.create_task(work(n)) for n in (1, 2)], return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    for task in asyncio.as_completed([work(1)]):
        await task
asyncio.run(main())
"""


def warm_up():
    """Runs once what is slow the first time, so that imports and WebAssembly's compilation are no part of a program's steps."""
    run(WARM_UP, '/warm-up.py', [], {}, lambda data: None)
    # Freeze what exists before any program: the collection at the end of each run does not need to visit it.
    gc.collect()
    gc.freeze()
