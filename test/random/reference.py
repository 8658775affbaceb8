"""A second, slow and simple recorder of steps, to hold the tracer against: asyncio's own task in Python, with its steps overridden.

Shares no code and no mechanism with the tracer: no patched ``call_soon`` of the library's, no cached chains, the virtual clock a few lines.
Writes one JSON object: ``steps``, each with what was known when it was scheduled, and the tasks that were made.
"""

import asyncio
import gc
import itertools
import json
import os
import sys
import time
import types
from asyncio import events, tasks

STEP = '_Task__step_run_and_handle_result' if sys.version_info >= (3, 12) else '_Task__step'


def instant(seconds):
    return round(seconds * 1e9)


class Since:
    """When a timer was set; what is due at once comes before all."""

    def __init__(self, moment):
        self.moment = moment

    def __eq__(self, other):
        return self.moment == other.moment

    def __lt__(self, other):
        return (self.moment if self.moment is not None else -1) < (other.moment if other.moment is not None else -1)


class Record:
    def __init__(self, file, out):
        self.out = out
        self.file = os.path.abspath(file)
        self.steps = []
        self.tasks = []
        self.running = []
        self.origin = None
        self.due = None
        self.now = 0.0
        self.jumped = 0
        self.deadlock = False

    def write(self, code):
        sys.stdout.flush()
        made = [[task.get_name(), outcome(task)] for task in self.tasks]
        with open(self.out, 'w') as stream:
            json.dump({'steps': self.steps, 'tasks': made, 'deadlock': self.deadlock}, stream)
        os._exit(code)

    def chain(self, task):
        """Frames of the program's own, from the outermost in: [function, line]."""
        frames = []
        awaited = task.get_coro()
        while awaited is not None:
            kind = type(awaited)
            if kind is types.CoroutineType:
                frame, following = awaited.cr_frame, awaited.cr_await
            elif kind is types.GeneratorType:
                frame, following = awaited.gi_frame, awaited.gi_yieldfrom
            elif kind is types.AsyncGeneratorType:
                frame, following = awaited.ag_frame, awaited.ag_await
            elif kind.__name__ in ('async_generator_asend', 'async_generator_athrow', 'coroutine_wrapper', 'anext_awaitable'):
                inner = [each for each in gc.get_referents(awaited) if type(each) in (types.CoroutineType, types.AsyncGeneratorType)]
                frame, following = None, inner[0] if inner else None
            else:
                break
            if frame is not None and os.path.abspath(frame.f_code.co_filename) == self.file:
                frames.append([frame.f_code.co_name, frame.f_lineno])
            awaited = following
        return frames


def install(record):
    class Task(tasks._PyTask):
        pass

    original_step = getattr(tasks._PyTask, STEP)

    def step(self, exc=None):
        self.number
        scheduled = getattr(self, 'scheduled', None)
        # An eager step was never scheduled.
        self.scheduled = None
        started = record.now
        record.running.append(self)
        try:
            original_step(self, exc)
        finally:
            record.running.pop()
            chain = None if self.done() else record.chain(self)
            record.steps.append([self.number, scheduled, started, record.now, chain])

    step.__name__ = '__step'
    setattr(Task, STEP, step)

    def number(self):
        known = self.__dict__.get('_number')
        if known is None:
            known = self.__dict__['_number'] = len(record.tasks)
            record.tasks.append(self)
        return known

    Task.number = property(number)
    Task.known = property(lambda self: '_number' in self.__dict__)
    Task.__name__ = Task.__qualname__ = 'Task'
    tasks.Task = asyncio.Task = Task
    # From 3.14 on the tasks in Python have registers of their own.
    for name in ('current_task', 'all_tasks'):
        if sys.version_info >= (3, 14):
            setattr(tasks, name, getattr(tasks, '_py_' + name))
            setattr(asyncio, name, getattr(tasks, name))
    if hasattr(asyncio, 'create_eager_task_factory'):
        asyncio.eager_task_factory = tasks.eager_task_factory = tasks.create_eager_task_factory(Task)

    class Loop(asyncio.SelectorEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Selector(self, self._selector)
            self.timers = []

        def time(self):
            return record.now

        def call_at(self, when, callback, *args, context=None):
            self._check_closed()
            timer = events.TimerHandle(when, callback, args, self, context)
            since = instant(record.now) if when > record.now else None
            self.timers.append((instant(when), Since(since), next(numbers), timer))
            return timer

        def call_soon(self, callback, *args, context=None):
            handle = super().call_soon(callback, *args, context=context)
            current = record.running[-1] if record.running else None
            waker = current.number if current is not None else record.origin
            task = getattr(callback, '__self__', None)
            if isinstance(task, Task) and getattr(callback, '__name__', '') in ('__step', '__wakeup'):
                if task.known:
                    task.scheduled = [record.due if record.due is not None and current is None else record.now, waker]
                else:
                    # A task is made by who runs, be it nobody, and not before it is made.
                    task.scheduled = [record.now, current.number if current is not None else None]
                    task.number
            else:
                origins[id(handle)] = handle, waker
            return handle

    origins = {}
    numbers = itertools.count()
    plain_run, timer_run = events.Handle._run, events.TimerHandle._run

    def run(self):
        record.origin = origins.pop(id(self), (None, None))[1]
        try:
            plain_run(self)
        finally:
            record.origin = None

    def run_timer(self):
        record.due = min(self._when, record.now)
        try:
            timer_run(self)
        finally:
            record.due = None

    events.Handle._run = run
    events.TimerHandle._run = run_timer
    timer_run = plain_run

    class Selector:
        def __init__(self, loop, real):
            self.loop = loop
            self.real = real

        def __getattr__(self, name):
            return getattr(self.real, name)

        def select(self, timeout=None):
            ready = self.real.select(0)
            idle = not (ready or self.loop._ready or self.loop._stopping)
            timers = self.loop.timers = sorted(each for each in self.loop.timers if not each[-1]._cancelled)
            if idle and not timers:
                record.deadlock = True
                record.write(124)
            if idle and timers[0][0] > instant(record.now):
                record.now = timers[0][-1]._when
                record.jumped = timers[0][0]
            now = instant(record.now)
            # What is late fires at once. What is due at the moment to which the clock has jumped fires by the moment at which it was set.
            fires = [each for each in timers if each[0] < now or (each[0] == now and (each[1].moment is None or record.jumped != now))]
            if idle and not fires:
                fires = [each for each in timers if each[:2] == timers[0][:2]]
            self.loop.timers = [each for each in timers if each not in fires]
            for each in fires:
                each[-1]._scheduled = False
                self.loop._ready.append(each[-1])
            return ready

    asyncio.events.new_event_loop = asyncio.new_event_loop = Loop

    def sleep(seconds):
        record.now += seconds

    time.sleep = sleep


def run(file, out):
    record = Record(file, out)
    install(record)
    sys.argv[:] = [file]
    with open(file) as stream:
        source = stream.read()
    module = types.ModuleType('__main__')
    module.__file__ = file
    sys.modules['__main__'] = module
    code = 0
    try:
        exec(compile(source, file, 'exec'), module.__dict__)
    except BaseException as error:
        code = 1
        sys.stderr.write(f'{type(error).__name__}: {error}\n')
    record.write(code)


def outcome(task):
    if not task.done():
        return 'pending'
    if task.cancelled():
        return 'cancelled'
    return 'result' if task._exception is None else 'exception'
