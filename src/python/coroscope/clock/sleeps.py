"""``time.sleep`` on the virtual clock: it blocks the loop for exactly its argument, and the call is known."""

import asyncio

from ..records.kinds import HELD
from ..watch.loop_stack import microseconds, site_of_stack, stack_in_loop


class Sleeps:
    def __init__(self, recorder):
        self._recorder = recorder
        #: (record, turn, task, site) of the last sleep, when it began and ended: repeated sleeps of one place become one row.
        self._last = None
        self._began = self._until = 0.0

    def slept(self, began, until, frame, record=None):
        """``frame`` slept from ``began`` to ``until``."""
        record = record or getattr(asyncio._get_running_loop(), '_coroscope', None)
        if record is None or not self._recorder.on:
            return
        stack, run = stack_in_loop(frame)
        if run is None:
            return
        current = record.current
        key = record, record.turns, current.id if current is not None else 0, site_of_stack(self._recorder.places, stack)
        if key != self._last or began != self._until:
            self.write()
            self._last, self._began = key, began
        self._until = until

    def step(self):
        """(record, turn) in which the loop is whose thread the clock measures; None where it waits."""
        thread = self._recorder.clock.thread
        for record in self._recorder.loops:
            if record.thread == thread and not record.waiting:
                return record, record.turns
        return None

    def write(self):
        """Called before the record is written."""
        last, self._last = self._last, None
        if last is not None:
            record, turn, task, site = last
            self._recorder.note(record, HELD, self._began, task, site, 0, microseconds(self._until - self._began), turn, self._until)
