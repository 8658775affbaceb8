"""What the tracer knows about each task. It keeps no task, coroutine or result alive longer than the task itself does."""

import asyncio
import sys
import types
from sys import modules

from .arguments import arguments
from ..source.callers import within_library
from .kinds import ARGUMENTS, DONE, GROUPED, NAME, OF_LIBRARY, TASK, UNBEGUN
from .own_coroutines import code_number
from .short_repr import short_repr, shown_error

CREATED, BY_TASK, TIMER, IO, THREAD, CALLBACK_CAUSE, CANCEL = range(1, 8)
EAGER, MEASURED = 8, 16
WOKEN_BY_TASK = BY_TASK << 32
Coroutine = types.CoroutineType
Task = asyncio.Task
_get_coro = Task.get_coro
#: None before 3.11.
CANCELLING = getattr(Task, 'cancelling', None)
TELLS_SUSPENDED = hasattr(Coroutine, 'cr_suspended')


def coroutine_of(task):
    """The coroutine that a task runs. A class of the program's own may have a ``get_coro()`` that fails: it is not called."""
    return _get_coro(task) if issubclass(type(task), Task) else task.get_coro()


class TaskState:
    """Kept on the task itself (``task._coroscope``), so that it goes when the task goes.

    ``coro`` is the innermost coroutine of the cached upper part of the await chain, ``places`` are those of its frame, and ``above`` holds
    such pairs for those further out; None before the first suspension.
    ``code`` is that of the task's own coroutine; ``begun``, whether its first instruction has run.
    ``waits`` maps sites to what was waited for there, ``seen`` is the id of the coroutine that ``coro`` awaited last;
    it may be another one at the same place in memory, of which ``wary`` keeps count: ever longer after each that did not last, ``erred``.
    ``asked``: before 3.11, that ``cancel()`` was called on it in the step of a task.
    ``spare`` is a handle for the next step, ``wakes`` is the task as a waker, in a step's ``waker + cause << 32``.
    ``request``: the request that it serves (``requests.serving.Request``), if any.
    """

    __slots__ = ('id', 'record', 'coro', 'places', 'above', 'seen', 'waits', 'name', 'bound', 'parent', 'done', 'wakes', 'code', 'begun', 'wary',
                 'erred', 'spare', 'asked', 'request')

    def __init__(self, number, record, parent):
        self.id = number
        self.record = record
        self.coro = None
        self.above = None
        self.seen = 0
        self.wary = self.erred = 0
        self.waits = None
        self.bound = False
        self.parent = parent
        self.done = False
        self.wakes = number | WOKEN_BY_TASK
        self.code = None
        self.begun = False
        self.spare = None
        self.asked = False
        self.request = None

    def root(self, task):
        """Begins the cache with the task's own coroutine; None if that is no plain coroutine."""
        coro = coroutine_of(task)
        if type(coro) is not Coroutine or self.above is not None:
            return None
        places = self.record.recorder.places
        self.above = ()
        self.coro = coro
        self.places = places.below(places.root, coro.cr_code, coro.__qualname__)
        return coro

    def inner(self, coro, places):
        """Adds the coroutine that the innermost cached one awaits."""
        if not self.above:
            self.above = []
        self.above.append((self.coro, self.places))
        self.coro = coro
        self.places = places

    def outer(self):
        """Forgets the innermost cached coroutine, which has ended; the one that awaited it, or None."""
        if not self.above:
            self.coro = None
            return None
        self.coro, self.places = self.above.pop()
        if self.erred < 64:
            self.erred = 2 * self.erred + 1
        self.wary = self.erred
        return self.coro

    def chain(self):
        """The coroutines of a suspended task, outermost first, as far as they are plain ones."""
        found = [coro for coro, _ in self.above or ()]
        coro = self.coro
        while type(coro) is Coroutine:
            found.append(coro)
            coro = coro.cr_await
        return found

    def forget(self):
        self.coro = self.places = self.waits = self.spare = None
        self.above = ()


def new_state(record):
    recorder = record.recorder
    recorder.last_task += 1
    current = record.current
    return TaskState(recorder.last_task, record, current.id if current is not None else 0)


def note_beginning(state, task):
    """Before a step of a task that was never suspended: it begins, unless ``cancel()`` was called before. Only that tells where coroutines
    are not followed."""
    state.begun = state.begun or not getattr(task, '_must_cancel', False)


def called_with(recorder, coro):
    """The arguments of a coroutine that has not begun; empty if they are not recorded."""
    try:
        return arguments(coro) if recorder.arguments_left and type(coro) is Coroutine and not has_begun(coro) else ''
    except Exception:
        # Leave out arguments that cannot be read; the program must not notice.
        return ''


def bind(state, task, coro, site, group, time, called=None):
    """Ties a state to its task and records the task. A task that takes no attribute is left untraced."""
    record = state.record
    recorder = record.recorder
    task._coroscope = state
    state.bound = True
    state.name = name = task.get_name() if type(task) is Task else task_name(task)
    plain = type(coro) is Coroutine
    code = coro.cr_code if plain else getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    number = 0
    if code is not None:
        known = recorder.places.codes.get(id(code))
        number = known[0] if known is not None else recorder.places.code(code, getattr(coro, '__qualname__', None))
        state.code = code
        if not state.begun and (coro.cr_suspended if plain and TELLS_SUSPENDED else has_begun(coro)):
            # It was driven by hand before it became a task.
            state.begun = True
    else:
        number = code_number(recorder.places, coro)
    # asyncio counts, so usually the name has the next number.
    default = recorder.last_name + 1
    if name != f'Task-{default}':
        default = default_number(name)
    record.event(TASK, time, state.id, state.parent, number, site, default)
    if default >= 0:
        recorder.last_name = default
    else:
        record.event(NAME, time, state.id, recorder.text(name))
    if recorder.arguments_left:
        if called is None:
            called = called_with(recorder, coro)
        if called:
            recorder.arguments_left -= 1
            record.event(ARGUMENTS, time, state.id, recorder.text(called))
    if group:
        record.event(GROUPED, time, state.id, group)
    if code is None:
        record.event(NAME, time, state.id, recorder.text(name))
    elif state.parent and not recorder.places.user_files[code.co_filename] and within_library(sys._getframe(1), recorder.places.user_files):
        record.event(OF_LIBRARY, time, state.id)
    serving = recorder.serving
    if serving is not None:
        if len(modules) != serving.modules_seen:
            serving.look()
        if id(code) in serving.codes:
            serving.begin(state, coro, time)


def default_number(name):
    """The number in a name that asyncio gives, -1 for any other name."""
    digits = name[5:]
    numbered = name[:5] == 'Task-' and digits.isdigit() and digits.isascii() and (digits[0] != '0' or digits == '0') and len(digits) < 16
    return int(digits) if numbered else -1


def has_begun(coro):
    """Whether a coroutine that is not running now has run before."""
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
    name = task.get_name() if type(task) is Task else task_name(task)
    if name != state.name:
        record.event(NAME, time, state.id, recorder.text(name))
    if state.request is not None and recorder.serving is not None:
        recorder.serving.task_ended(state, task, time)
    state.forget()
    if not state.begun and recorder.knows_beginnings and state.code is not None and recorder.places.user_files[state.code.co_filename]:
        record.event(UNBEGUN, time, state.id)
    if task.cancelled():
        record.event(DONE, time, state.id, 3, asked_to_cancel(state, task))
        return
    error = getattr(task, '_exception', None)
    if error is not None:
        if type(error) is RuntimeError:
            recorder.reused.note(error, record, state.id, coroutine_of(task))
        site = raised_at(recorder.places, error)
        record.event(DONE, time, state.id, 2, recorder.text(shown_error(error)), site)
        if recorder.on and type(error) not in ENDS_THE_LOOP:
            recorder.lost.note(task, state, error, site, time)
        return
    result = getattr(task, '_result', None)
    record.event(DONE, time, state.id, 1, recorder.text('None' if result is None else short_repr(result)))


#: The loop raises them as well, so they are not lost.
ENDS_THE_LOOP = (SystemExit, KeyboardInterrupt)


def asked_to_cancel(state, task):
    """1 if ``cancel()`` was called on a task that ended cancelled, 2 if it was not: CancelledError came out of what it ran. 0 if that is not known."""
    if CANCELLING is None:
        return 1 if state.asked else 0
    if not isinstance(task, Task):
        return 0
    return 1 if CANCELLING(task) > 0 else 2


#: The traceback of an exception, whatever its class does with the names of its attributes.
TRACEBACK = BaseException.__dict__['__traceback__'].__get__


def raised_at(places, error):
    """The innermost user frame of an exception's traceback."""
    site = 0
    # By the slot of BaseException: a class may override the attribute.
    tb = TRACEBACK(error)
    while tb is not None:
        if places.user_files[tb.tb_frame.f_code.co_filename]:
            site = places.site(places.root, tb.tb_frame.f_code, tb.tb_lasti).id
        tb = tb.tb_next
    return site
