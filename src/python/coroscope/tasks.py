"""What the tracer knows of each task. It holds no task, coroutine or result alive, beyond what the task itself holds."""

import types

from .recorder import DONE, GROUPED, NAME, TASK, UNBEGUN
from .shown import shown, shown_error

CREATED, BY_TASK, TIMER, IO, THREAD, CALLBACK_CAUSE, CANCEL = range(1, 8)
EAGER, MEASURED = 8, 16
SITE_SHIFT = 5


class TaskState:
    """Kept on the task itself (``task._coroscope``), so that it goes when the task goes.

    ``coros`` and ``places`` are the cached upper part of the await chain: coroutine objects and where their frames stand.
    ``code`` is that of the task's own coroutine; ``begun``, whether its first instruction has run.
    """

    __slots__ = ('id', 'record', 'coros', 'places', 'name', 'bound', 'parent', 'done', 'started', 'code', 'begun')

    def root(self, task):
        """Begins the cache with the task's own coroutine; None if that is no plain coroutine."""
        coro = task.get_coro()
        if type(coro) is not types.CoroutineType or self.coros is not None:
            return None
        places = self.record.recorder.places
        self.coros = [coro]
        self.places = [places.below(places.root, coro.cr_code, coro.__qualname__)]
        return self.coros

    def __init__(self, number, record, parent):
        self.id = number
        self.record = record
        self.coros = None
        self.places = None
        self.name = None
        self.bound = False
        self.parent = parent
        self.done = False
        self.started = 0.0
        self.code = None
        self.begun = False


def new_state(record):
    recorder = record.recorder
    recorder.last_task += 1
    current = record.current
    return TaskState(recorder.last_task, record, current.id if current is not None else 0)


def bind(state, task, coro, site, group, time):
    """Ties a state to its task and records the task. A task that takes no attribute is left untraced."""
    record = state.record
    recorder = record.recorder
    task._coroscope = state
    state.bound = True
    state.name = name = task_name(task)
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    number = 0
    if code is not None:
        number = recorder.places.code(code, getattr(coro, '__qualname__', None))
        state.code = code
        if not state.begun and has_begun(coro):
            # Somebody drove it by hand before it became a task.
            state.begun = True
    default = name[5:] if name.startswith('Task-') else ''
    numbered = default.isdigit() and default == str(int(default)) if default.isascii() else False
    record.event(TASK, time, state.id, state.parent, number, site, until=float(default) if numbered else -1.0)
    if not numbered:
        record.event(NAME, time, state.id, recorder.text(name))
    if group:
        record.event(GROUPED, time, state.id, group)
    if code is None:
        record.event(NAME, time, state.id, recorder.text(name))


def has_begun(coro):
    """Whether a coroutine that is not running just now has run before."""
    suspended = getattr(coro, 'cr_suspended', None)
    if suspended is None:
        # Before 3.11 the frame of a coroutine that never ran stands before its first instruction.
        frame = getattr(coro, 'cr_frame', None)
        return frame is not None and frame.f_lasti >= 0
    return suspended


def task_name(task):
    try:
        return str(task.get_name())
    except Exception:
        return type(task).__name__


def finish(state, task, time):
    """Records how a task ended. Reads the private attributes: the public ones would mark an exception as retrieved."""
    state.done = True
    record = state.record
    recorder = record.recorder
    name = task_name(task)
    if name != state.name:
        record.event(NAME, time, state.id, recorder.text(name))
    state.coros = state.places = None
    if task.cancelled():
        if not state.begun and recorder.follows_coroutines:
            record.event(UNBEGUN, time, state.id)
        record.event(DONE, time, state.id, 3)
        return
    error = getattr(task, '_exception', None)
    if error is not None:
        site = raised_at(recorder.places, error)
        record.event(DONE, time, state.id, 2, recorder.text(shown_error(error)), site)
        return
    record.event(DONE, time, state.id, 1, recorder.text(shown(getattr(task, '_result', None))))


def raised_at(places, error):
    """The innermost user frame of an exception's traceback."""
    site = 0
    tb = error.__traceback__
    while tb is not None:
        if places.user_files[tb.tb_frame.f_code.co_filename]:
            site = places.site(places.root, tb.tb_frame.f_code, tb.tb_lasti).id
        tb = tb.tb_next
    return site
