"""Work outside of the loop: jobs of executors, subprocesses, and threads that call back into a loop.

Nothing is wrapped, so a job's traceback has no frame of ours. The state of a future or a transport is seen from an attribute
that asyncio or ``concurrent.futures`` sets on it at that moment, on the thread where it happens: ``Future._state``,
``BaseSubprocessTransport._pid`` and ``._returncode`` become properties while a program is traced.
"""

import asyncio
import contextvars
import functools
import os
import sys
import threading
import types
import weakref
from asyncio.base_subprocess import BaseSubprocessTransport
from concurrent.futures import _base

from ..records.kinds import JOB, JOB_ENDED, JOB_STARTED
from ..records.loop_record import LoopRecord
from ..records.short_repr import cut, short_repr, shown_error
from ..records.tasks import CALLBACK_CAUSE, THREAD, raised_at

RESULT, EXCEPTION, CANCELLED, EXITED = 1, 2, 3, 4

_getframe = sys._getframe
_running_loop = asyncio._get_running_loop
#: Modules whose threads are not jobs: the future of a job shows what they do.
_OWN = ('concurrent.futures', 'asyncio', 'multiprocessing')

#: Kind of a job by the class of its executor: the first that is found among its bases.
_KINDS = {'InterpreterPoolExecutor': 'interpreter', 'ProcessPoolExecutor': 'process', 'ThreadPoolExecutor': 'thread'}


class Job:
    """A job that was submitted. Its future or transport refers to it; it refers to neither."""

    __slots__ = ('id', 'kind', 'label', 'record', 'started', 'ended')

    def __init__(self, number, kind, label, record):
        self.id = number
        self.kind = kind
        self.label = label
        #: The loop that ran where it was submitted, whose turns give the order of events.
        self.record = record
        self.started = False
        self.ended = False


class Jobs:
    """Records jobs, from any thread: ``note`` of the recorder is thread-safe."""

    def __init__(self, recorder):
        self._recorder = recorder
        self._clock = recorder.clock

    def install(self, replace):
        replace(_base.Future, '_state', self._future_state())
        replace(BaseSubprocessTransport, '_pid', self._told('_pid', self._spawned))
        replace(BaseSubprocessTransport, '_returncode', self._told('_returncode', self._exited))
        start = '_start_joinable_thread' if hasattr(threading, '_start_joinable_thread') else '_start_new_thread'
        if hasattr(threading, start):
            replace(threading, start, self._starting(getattr(threading, start)))

    # Submission.

    def submitted(self, kind, label, frame):
        """A job that is submitted now, by the innermost user frame from ``frame`` outwards."""
        recorder = self._recorder
        record, task = running(recorder)
        number = recorder.new_job()
        job = Job(number, kind, label, record)
        recorder.open_jobs[number] = job
        site = recorder.places.running_site(frame)
        recorder.note(record, JOB, self._clock.now(), number, task, (kind, label), site)
        return job

    def started(self, job, worker, pid=0):
        job.started = True
        # The program's own transports may use any value as a process id.
        pid = pid if type(pid) is int and 0 < pid < 1 << 32 else 0
        self._recorder.note(job.record, JOB_STARTED, self._clock.now(), job.id, pid, worker)

    def ended(self, job, how, text='', site=0):
        job.ended = True
        self._recorder.open_jobs.pop(job.id, None)
        self._recorder.note(job.record, JOB_ENDED, self._clock.now(), job.id, how, text, site)

    # Futures of executors.

    def _future_state(self):
        changed = self._future_changed

        def get(self):
            return self.__dict__['_state']

        def set(self, state):
            self.__dict__['_state'] = state
            changed(self, state)

        return property(get, set)

    def _future_changed(self, future, state):
        if not self._recorder.on:
            return
        try:
            if state == _base.PENDING:
                # Skip the frames of this method, of the setter, and of the future's constructor.
                self._made(future, _getframe(3))
                return
            job = future.__dict__.get('_coroscope')
            if job is None or job.ended:
                return
            if state == _base.RUNNING:
                # A process pool sets this when it queues a job: when and where it starts is unknown here.
                if job.kind != 'process':
                    thread = this_thread()
                    if thread is not None:
                        thread._coroscope = job
                    self.started(job, thread.name if thread is not None else '')
            elif state == _base.FINISHED:
                self._finished(job, future)
            else:
                self.ended(job, CANCELLED)
        except Exception as error:
            self._recorder.broken(error)

    def _made(self, future, frame):
        while frame is not None and frame.f_code.co_name == '__init__':
            frame = frame.f_back
        if frame is None or frame.f_code.co_name != 'submit':
            return
        names = frame.f_code.co_varnames
        values = frame.f_locals
        executor = values.get(names[0]) if names else None
        if not isinstance(executor, _base.Executor):
            return
        function = values.get(names[1]) if len(names) > 1 else None
        arguments = values.get('args', ())
        if isinstance(function, tuple):
            function, arguments = (function or (None,))[0], function[1:]
        kind = next((_KINDS[base.__name__] for base in type(executor).__mro__ if base.__name__ in _KINDS), 'executor')
        label = name_of(function, arguments if isinstance(arguments, tuple) else ())
        future._coroscope = self.submitted(kind, label, frame.f_back)

    def _finished(self, job, future):
        error = future.__dict__.get('_exception')
        if error is None:
            self.ended(job, RESULT, short_repr(future.__dict__.get('_result')))
        else:
            self.ended(job, EXCEPTION, shown_error(error), raised_at(self._recorder.places, error))

    # Subprocesses of a loop.

    def _told(self, name, tell):
        recorder = self._recorder

        def get(self):
            return self.__dict__[name]

        def set(self, value):
            self.__dict__[name] = value
            if value is not None and recorder.on:
                try:
                    tell(self, value, _getframe(1))
                except Exception as error:
                    recorder.broken(error)

        return property(get, set)

    def _spawned(self, transport, pid, frame):
        arguments = frame.f_locals
        command = command_of(arguments.get('args'))
        transport._coroscope = job = self.submitted('subprocess', command, frame.f_back)
        self.started(job, '', pid)

    def _exited(self, transport, code, frame):
        job = transport.__dict__.get('_coroscope')
        if job is not None and not job.ended:
            self.ended(job, EXITED, str(code))

    # Other threads, of the program's own or of a library: jobs only if they ever call back.

    def _starting(self, original):
        jobs = self

        def start(function, *args, **kwargs):
            thread = getattr(function, '__self__', None)
            if isinstance(thread, threading.Thread) and jobs._recorder.on:
                try:
                    function = jobs._watched(function, thread, _getframe(2))
                except Exception as error:
                    jobs._recorder.broken(error)
            return original(function, *args, **kwargs)

        return start

    def _watched(self, function, thread, frame):
        recorder = self._recorder
        if frame is None or frame.f_globals.get('__name__', '').startswith(_OWN):
            return function
        record, task = running(recorder)
        target = getattr(thread, '_target', None)
        label = name_of(target) if target is not None else type(thread).__qualname__
        begun = Begun(record, task, recorder.places.running_site(frame), label, self._clock.now())
        thread._coroscope = begun
        # A partial adds no frame of ours to the thread's stack, and is freed when the thread ends.
        held = functools.partial(function)
        begun.over = weakref.ref(held, lambda _: self._thread_over(begun))
        return held

    def _thread_over(self, begun):
        if begun.job is not None and self._recorder.on:
            self.ended(begun.job, RESULT)

    # Callers.

    def caller(self, loop, callback, args):
        """(cause, task, job) of the current call of a loop's ``call_soon_threadsafe``. The task may belong to another loop."""
        try:
            here = _running_loop()
            cause = CALLBACK_CAUSE if here is loop else THREAD
            job = told_job(getattr(callback, '__self__', None), *args)
            if job is not None:
                return cause, 0, job.id
            record = getattr(here, '_coroscope', None)
            if isinstance(record, LoopRecord):
                current = record.current
                return cause, current.id if current is not None else record.origin_task, 0
            thread = this_thread()
            known = getattr(thread, '_coroscope', None)
            if type(known) is Begun:
                known = known.job or self._calls(known, thread)
            return cause, 0, known.id if known is not None else 0
        except Exception as error:
            self._recorder.broken(error)
            return THREAD, 0, 0

    def _calls(self, begun, thread):
        """A thread of the program calls a loop for the first time, and becomes a job."""
        recorder = self._recorder
        begun.job = job = Job(recorder.new_job(), 'thread', begun.label, begun.record)
        recorder.note(begun.record, JOB, begun.time, job.id, begun.task, ('thread', job.label), begun.site, begun.turn)
        recorder.note(begun.record, JOB_STARTED, begun.time, job.id, 0, thread.name, 0, begun.turn)
        return job


class Begun:
    """A thread that was started, by whom and when."""

    __slots__ = ('record', 'turn', 'task', 'site', 'label', 'time', 'job', 'over')

    def __init__(self, record, task, site, label, time):
        self.record = record
        self.turn = record.turns
        self.task = task
        self.site = site
        self.label = label
        self.time = time
        self.job = None
        self.over = None


def running(recorder):
    """The record of the loop that runs on this thread, and the id of its current task; without them, the record of no loop, and 0."""
    record = getattr(_running_loop(), '_coroscope', None)
    if not isinstance(record, LoopRecord):
        return recorder.outside, 0
    current = record.current
    return record, current.id if current is not None else 0


def told_job(*values):
    """The job whose end a callback reports: ``_set_state(future, source)`` of ``wrap_future``, ``transport._process_exited(code)``."""
    for value in values:
        if isinstance(value, (_base.Future, BaseSubprocessTransport)):
            job = value.__dict__.get('_coroscope')
            if job is not None:
                return job
    return None


def this_thread():
    """``threading.current_thread()`` would invent one for a thread that Python does not know."""
    return threading._active.get(threading.get_ident())


def name_of(function, arguments=()):
    """A job's name for people: the qualified name of the function that is called in the end, without wrappers."""
    for _ in range(8):
        inner = getattr(function, 'func', None)
        if isinstance(function, functools.partial):
            function, arguments = inner, (*function.args, *arguments)
        elif isinstance(getattr(function, '__self__', None), contextvars.Context) and arguments:
            # ``to_thread`` runs ``context.run(function, …)``.
            function, arguments = arguments[0], arguments[1:]
        else:
            break
    name = getattr(function, '__qualname__', None)
    if not isinstance(name, str):
        return cut(type(function).__qualname__)
    module = getattr(function, '__module__', None)
    written = isinstance(function, (types.FunctionType, types.MethodType))
    return cut(name if written or '.' in name or module in (None, 'builtins') else f'{module}.{name}')


def command_of(arguments):
    """A command line as it is typed: ``shell=True`` has it as one text."""
    if isinstance(arguments, (str, bytes)):
        return cut(os.fsdecode(arguments).strip())
    return cut(' '.join(map(quoted, map(os.fsdecode, arguments))))


def quoted(word):
    # Do not import ``shlex``: if the program has a module of that name, it would get the wrong one.
    if word and not _SPECIAL.intersection(word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


_SPECIAL = frozenset(' \t\n"\'\\$`&|;<>()*?[]{}!#~')


def job_of(future):
    """(job, future of another thread or loop) that an ``asyncio`` future waits for; (None, None) if it is not such a future."""
    source = chained(callbacks_of(future))
    job = getattr(source, '_coroscope', None)
    return (job if type(job) is Job else None), source


def source_behind(future):
    """The task in another loop behind a ``concurrent.futures`` future of ``run_coroutine_threadsafe``; None for other futures."""
    return chained(future.__dict__.get('_done_callbacks', ()))


def chained(callbacks):
    """The future to which ``_chain_future`` has chained the one with these callbacks."""
    for callback in list(callbacks):
        if getattr(callback, '__qualname__', '') == '_chain_future.<locals>._call_check_cancel':
            for name, cell in zip(callback.__code__.co_freevars, callback.__closure__ or ()):
                if name == 'source':
                    return cell.cell_contents
    return None


def callbacks_of(future):
    try:
        return [pair[0] for pair in future._callbacks or ()]
    except (AttributeError, TypeError, IndexError):
        return ()
