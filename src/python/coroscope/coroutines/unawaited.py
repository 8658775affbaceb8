"""Coroutine objects that were never awaited: where they were created, if that can be determined.

Nothing is recorded when a coroutine is created, because nearly all are awaited, and would pay for the few others. So the line is found
afterwards, by ruling out: of all calls in the program's own source that could have made this object, those that are awaited on the
spot did not, nor did calls with other constants as arguments. If only one is left, it created the object; otherwise the
record has only the place where the object was collected, and says so.
"""

import asyncio
import dis
import gc
import types

from ..records.kinds import NEVER_AWAITED
from ..records.tasks import coroutine_of
from ..source.calls import calls_of, forget
from ..source.frames import locals_of

Coroutine = types.CoroutineType
_POP_TOP = dis.opmap['POP_TOP']
#: Findings for one place at most: in a loop there may be millions.
MOST = 100


class Unawaited:
    def __init__(self, recorder):
        forget()
        self._recorder = recorder
        #: Ids of coroutines whose task is being destroyed.
        self._of_tasks = set()
        #: Number of objects of each code that were dropped at each place.
        self._counts = {}

    def task_destroyed(self, task):
        """A task is destroyed before it has ended, and its coroutine with it."""
        try:
            coro = coroutine_of(task)
        except AttributeError:
            return
        if type(coro) is Coroutine and is_new(coro):
            self._of_tasks.add(id(coro))

    def gone(self, coro, record, task, frame):
        """Python reports one, in ``frame``."""
        user_files = self._recorder.places.user_files
        own = user_files[coro.cr_code.co_filename]
        # Coroutines of libraries count only if the program itself dropped them.
        if not own and (frame is None or not user_files[frame.f_code.co_filename]):
            return
        if frame is not None:
            place = coro.cr_code, frame.f_code, frame.f_lasti
            count = self._counts[place] = self._counts.get(place, 0) + 1
            if count > MOST:
                return
        of_task = id(coro) in self._of_tasks
        self._of_tasks.discard(id(coro))
        clock = self._recorder.clock
        time = clock.now()
        clock.spared_in(lambda: self._note(coro, record, task, frame, of_task, time))

    def at_end(self):
        """Those that are still referenced when the program ends."""
        # All objects are looked at, which takes milliseconds that must not count on the virtual clock.
        clock = self._recorder.clock
        time = clock.now()
        clock.spared_in(lambda: self._note_left(time))

    def _note_left(self, time):
        recorder = self._recorder
        user_files = recorder.places.user_files
        left = [each for each in gc.get_objects() if type(each) is Coroutine and is_new(each) and user_files[each.cr_code.co_filename]]
        if not left:
            return
        owned = set()
        for record in recorder.loops:
            loop = record.loop() if record.loop is not None else None
            if loop is not None:
                owned.update(id(coroutine_of(task)) for task in asyncio.all_tasks(loop))
        record = recorder.loops[-1] if recorder.loops else recorder.outside
        for coro in left:
            if id(coro) not in owned:
                self._note(coro, record, 0, None, False, time)

    def _note(self, coro, record, task, frame, of_task, time):
        recorder = self._recorder
        places = recorder.places
        user = places.user_frame(frame)
        noticed = 0 if user is None else places.site(places.root, user.f_code, user.f_lasti).id
        made = places.later(finder(coro, user, of_task, places.user_files))
        number = places.code(coro.cr_code, coro.__qualname__)
        record.event(NEVER_AWAITED, time, task, noticed, number, made)


def is_new(coro):
    """Whether a coroutine has never run."""
    frame = coro.cr_frame
    if frame is None or coro.cr_running:
        return False
    return not coro.cr_suspended if hasattr(coro, 'cr_suspended') else frame.f_lasti < 0


def finder(coro, frame, of_task, user_files):
    """A function that looks for the one call that can have made a coroutine; it holds nothing of the program but code."""
    code = coro.cr_code
    plain = {name: value for name, value in locals_of(coro.cr_frame).items()
             if type(value) in (int, str, bool, float, bytes, type(None))}
    where = alone = None
    if frame is not None:
        where = frame.f_code.co_filename, frame.f_lineno
        # An expression statement drops its value at once.
        alone = frame.f_code.co_code[frame.f_lasti] == _POP_TOP

    def find():
        calls = calls_of(code, user_files)
        if calls is None:
            return None
        left = [call for call in calls if not call.awaited and call.fits(code, plain)]
        if alone:
            here = [call for call in left if call.alone and call.covers(*where)]
            if len(here) == 1:
                return here[0].place()
        if not user_files[code.co_filename]:
            # Others have functions of that name: time.sleep() and asyncio.sleep().
            return None
        if of_task:
            left = [call for call in left if call.task]
        return left[0].place() if len(left) == 1 else None

    return find
