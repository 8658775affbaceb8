"""Which tasks can never resume, though others run: no code that can still run can reach what they wait for.

Checked when a run is stopped, and at Ctrl+C. What can run: the current step, the loop's ready queue, its timers and what it watches, and
the tasks that these can wake. If that is uncertain, there is no finding.
"""

import asyncio
import contextlib
import functools
import signal
import sys
import types
from _thread import get_ident

from ..records.kinds import RUN_CANCELS, STUCK
from ..records.tasks import coroutine_of
from .reachability import OURS, Reachable, TooMany


RUN_FOREVER = asyncio.BaseEventLoop.run_forever.__code__
AWAITS = ('cr_await', 'gi_yieldfrom', 'ag_await')
CODES = ('cr_code', 'gi_code', 'ag_code')
#: Coroutines of one task that are looked at, tasks at all, and looks at tasks.
DEEPEST, MOST_TASKS, MOST_LOOKS = 1000, 50_000, 1_000_000
#: Jobs whose end and whose calls come from a thread of this process: its frames tell what it can get at.
IN_THREADS = ('thread', 'interpreter')


def note_stuck(recorder, frame, now):
    """``frame``: the innermost one of the thread that stops the program. Returns whether there are any."""
    loops = [(record, record.loop() if record.loop else None) for record in recorder.loops]
    loops = [(record, loop) for record, loop in loops if loop is not None and not loop.is_closed()]
    if not loops or not all(hasattr(loop, '_ready') and hasattr(loop, '_scheduled') for _, loop in loops):
        return False
    jobs = list(recorder.open_jobs.values())
    if jobs and not (hasattr(sys, '_current_frames') and all(job.kind in IN_THREADS for job in jobs)):
        return False
    tasks = [task for _, loop in loops for task in asyncio.all_tasks(loop)]
    if len(tasks) > MOST_TASKS:
        return False
    try:
        stuck = Search(recorder.places.user_files, tasks, [loop for _, loop in loops], frame).run()
    except TooMany:
        return False
    for record, loop in loops:
        states = [task._coroscope for task in stuck if task.get_loop() is loop and getattr(task, '_coroscope', None) is not None]
        for state in sorted(states, key=lambda state: state.id):
            record.event(STUCK, now, state.id)
    return bool(stuck)


def before_cancelling(recorder):
    """``asyncio.run()`` cancels its main task at SIGINT, and all that are left at its end: records that it does, and, where Ctrl+C is the
    reason, which tasks hang. Returns a function that undoes it."""
    runners = asyncio.runners
    undo = []

    def before(owner, name, loop_of, number, hangs):
        original = getattr(owner, name)

        @functools.wraps(original)
        def noting(*args, **kwargs):
            if not recorder.on:
                return original(*args, **kwargs)
            record = None
            try:
                now = recorder.clock.now()
                if hangs():
                    note_stuck(recorder, sys._getframe(1), now)
                loop = loop_of(args[0])
                record = getattr(loop, '_coroscope', None)
                if record is not None:
                    record.event(RUN_CANCELS, now, number, 0, 1)
                    for each in () if number else cancelled_before(loop):
                        record.event(RUN_CANCELS, now, 0, each, 1)
            except Exception:
                # The record must not be lost because of an error here.
                pass
            with by_nobody(record):
                return original(*args, **kwargs)

        setattr(owner, name, noting)
        undo.append(lambda: setattr(owner, name, original))

    cancels_at_signal = hasattr(runners, 'Runner')
    if cancels_at_signal:
        # 3.11 and later cancel the main task first, and raise only afterwards.
        before(runners.Runner, '_on_sigint', lambda runner: runner._loop, int(signal.SIGINT), lambda: True)
    before(runners, '_cancel_all_tasks', lambda loop: loop, 0,
           lambda: not cancels_at_signal and isinstance(sys.exc_info()[1], KeyboardInterrupt))

    def restore():
        for each in undo:
            each()

    return restore


def cancelled_before(loop):
    """Ids of the tasks that the program itself cancelled while they were ready, and that have not run since."""
    states = [getattr(task, '_coroscope', None) for task in asyncio.all_tasks(loop) if getattr(task, '_must_cancel', False)]
    return sorted(state.id for state in states if state is not None)


@contextlib.contextmanager
def by_nobody(record):
    """What is cancelled meanwhile is not cancelled by the step or callback that a signal interrupted."""
    if record is None:
        yield
        return
    before = record.current, record.origin, record.origin_task
    record.current, record.origin, record.origin_task = None, 0, 0
    try:
        yield
    finally:
        record.current, record.origin, record.origin_task = before


class Search:
    def __init__(self, user_files, tasks, loops, frame):
        self._user_files = user_files
        self._waiting = [task for task in tasks if task._fut_waiter is not None]
        self._tasks = {id(task) for task in tasks}
        self._reach = Reachable(user_files)
        self._live = set()
        for task in tasks:
            if task._fut_waiter is None:
                self._go_on(task)
        for loop in loops:
            self._roots(loop)
        for number in signal.valid_signals():
            # Ctrl+C ends the program: it does not count as a way to resume a task.
            handler = signal.getsignal(number)
            if number != signal.SIGINT and isinstance(handler, (types.FunctionType, types.MethodType)) and str(handler.__module__).split('.')[0] != OURS:
                self._reach.add(handler)
        self._threads(frame)

    def run(self):
        """The tasks that are stuck, in no order."""
        while True:
            self._settle()
            stuck = [task for task in self._waiting if id(task) not in self._live]
            on_purpose = self._on_purpose(stuck)
            if not on_purpose:
                return stuck
            for task in on_purpose:
                self._go_on(task)

    def _settle(self):
        changed, looks = True, 0
        while changed:
            changed = False
            looks += len(self._waiting)
            if looks > MOST_LOOKS:
                raise TooMany
            for task in self._waiting:
                if id(task) not in self._live and self._can_go_on(task):
                    self._go_on(task)
                    changed = True

    def _can_go_on(self, task):
        waiter, reach = task._fut_waiter, self._reach
        if waiter is None or waiter.done() or id(waiter) in self._live:
            return True
        if task in reach.limited or 'cancel' in reach.names and reach.has(task):
            return True
        if any(id(child) in self._live for child in getattr(waiter, '_children', ())):
            return True
        if id(waiter) in self._tasks or not reach.has(waiter):
            return False
        # Who only puts into the queue and takes from it does not end a `join()`.
        return not ends_in(task, 'join', asyncio.queues.__file__) or not reach.names.isdisjoint(('task_done', 'shutdown'))

    def _go_on(self, task):
        self._live.add(id(task))
        callbacks = [callback for callback, *_ in getattr(task, '_callbacks', None) or ()]
        self._reach.add(*chain(task), *callbacks)

    def _roots(self, loop):
        handles = [*loop._ready, *loop._scheduled, *getattr(loop, '_signal_handlers', {}).values()]
        selector = getattr(loop, '_selector', None)
        for key in list((selector.get_map() or {}).values()) if selector is not None else ():
            handles += key.data if isinstance(key.data, tuple) else ()
        for handle in handles:
            if handle is not None and not handle._cancelled:
                self._reach.add(handle._callback, *(handle._args or ()))
                # `asyncio.timeout()` cancels the task that is in it.
                limited = getattr(getattr(handle._callback, '__self__', None), '_task', None)
                if isinstance(limited, asyncio.Task):
                    self._reach.limited.append(limited)

    def _threads(self, frame):
        """Frames that run; those that wait until a loop ends do not."""
        others = sys._current_frames() if hasattr(sys, '_current_frames') else {}
        for each in [frame, *(other for ident, other in others.items() if ident != get_ident())]:
            stack = []
            while each is not None:
                if each.f_code is RUN_FOREVER:
                    break
                if str(each.f_globals.get('__package__')).split('.')[0] != OURS:
                    stack.append(each)
                each = each.f_back
            self._reach.add(*stack)

    def _on_purpose(self, stuck):
        """Those that wait for an event or a future that nobody else ever had, as in ``await asyncio.Event().wait()``."""
        held = Reachable(self._user_files)
        for task in stuck:
            for each in chain(task):
                frame = getattr(each, 'cr_frame', None)
                if frame is not None and self._user_files[frame.f_code.co_filename]:
                    names = frame.f_globals
                    held.add(*frame.f_locals.values(), *(names[name] for name in frame.f_code.co_names if name in names))
        return [task for task in stuck
                if type(task._fut_waiter) is asyncio.Future and not held.has(task._fut_waiter)
                and (ends_in(task, 'wait', asyncio.locks.__file__) or self._user_files[innermost(task)[0]])]


def chain(task):
    """The coroutines of a task, from its own to the innermost one."""
    inner = coroutine_of(task)
    found = []
    while inner is not None and len(found) < DEEPEST:
        found.append(inner)
        inner = next((getattr(inner, name) for name in AWAITS if getattr(inner, name, None) is not None), None)
    return found


def innermost(task):
    """(file, function) of the innermost frame of a task."""
    codes = [getattr(each, name) for each in chain(task) for name in CODES if hasattr(each, name)]
    return (codes[-1].co_filename, codes[-1].co_name) if codes else ('', '')


def ends_in(task, function, file):
    """Whether a task waits in a function of asyncio's own, or in what that one calls."""
    codes = [getattr(each, name) for each in chain(task) for name in CODES if hasattr(each, name)]
    return any((code.co_filename, code.co_name) == (file, function) for code in codes[-2:])
