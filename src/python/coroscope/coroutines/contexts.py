"""``async with`` from start to end: entering, its body, leaving. Derived from the runs of any ``__aenter__`` and ``__aexit__``."""

import contextlib

from ..records.kinds import WITH, WITH_PHASE
from ..source.frames import local_of

ENTER, EXIT = '__aenter__', '__aexit__'
ENTERED, LEAVING, LEFT = 2, 3, 4
_CONTEXTLIB = contextlib.__file__


class Contexts:
    """The ``async with`` blocks that user code enters, directly or through ``contextlib``."""

    def __init__(self, recorder):
        self._recorder = recorder
        #: (number, phase that its end begins) by frame of a running ``__aenter__`` or ``__aexit__``.
        self.frames = {}
        #: Numbers of those entered, by manager: one may be entered again before it was left.
        self._entered = {}
        self._last = 0

    def start(self, record, state, frame):
        leaves = frame.f_code.co_name == EXIT
        site = 0 if leaves else self._place(frame.f_back)
        if not (site or (leaves and self._entered)):
            return
        names = frame.f_code.co_varnames
        manager = local_of(frame, names[0]) if names else None
        if manager is None:
            return
        now = self._recorder.clock.now()
        key = id(manager)
        if leaves:
            numbers = self._entered.get(key)
            if not numbers:
                return
            number = numbers.pop()
            if not numbers:
                del self._entered[key]
            self.frames[id(frame)] = record, number, LEFT, key
            record.event(WITH_PHASE, now, number, LEAVING)
        else:
            self._last += 1
            self.frames[id(frame)] = record, self._last, ENTERED, key
            task = state.id if state is not None else 0
            record.event(WITH, now, self._last, task, self._recorder.text(self._label(manager, state)), site)

    def end(self, frame, how):
        phase = self.take(id(frame))
        if phase is not None:
            self.ended_at(phase, self._recorder.clock.now(), phase[0].turns, how)

    def take(self, frame_id):
        """Removes a frame that has ended. Returns the phase that its end begins, or None."""
        return self.frames.pop(frame_id, None)

    def ended_at(self, taken, time, turns, how):
        record, number, phase, key = taken
        record.event(WITH_PHASE, time, number, phase, how, turn=turns)
        if phase == ENTERED and how == 1:
            self._entered.setdefault(key, []).append(number)

    def _label(self, manager, state):
        if type(manager).__module__ == 'asyncio.locks':
            return self._recorder.resources.label(manager, state)
        return label_of(manager)

    def _place(self, frame):
        places = self._recorder.places
        while frame is not None and frame.f_code.co_filename == _CONTEXTLIB:
            frame = frame.f_back
        if frame is None or not places.user_files[frame.f_code.co_filename]:
            return 0
        return places.site(places.root, frame.f_code, frame.f_lasti).id


def label_of(manager):
    """The label of a manager that is not a resource of asyncio."""
    kind = type(manager)
    if kind.__module__ == 'contextlib':
        return getattr(getattr(manager, 'gen', None), '__qualname__', kind.__qualname__)
    return kind.__qualname__
