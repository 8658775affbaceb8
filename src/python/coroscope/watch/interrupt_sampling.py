"""Samples long steps in the embedded Python, which has no threads: its host interrupts it regularly, and
the handler gets the current frame."""

import asyncio

from ..records.kinds import HELD
from .loop_stack import microseconds, site_of_stack, stack_in_loop
from .sampling import _now, Sampler

#: Shorter steps are not recorded: below the clock's own threshold they cost no time, either.
LEAST = 0.06
#: Python looks for interrupts at loops and calls only. After so many seconds without a look a function in C must have run, and where that was
#: called is not known: the frame has gone on since.
UNSEEN = 0.15


class InterruptSampler(Sampler):
    """``cpu_time()``: CPU seconds, None if the host cannot tell them."""

    def __init__(self, recorder, cpu_time):
        super().__init__(recorder)
        self._cpu_time = cpu_time or _now
        self._record = None
        self._turns = -1
        self._at = self._since = 0.0
        #: [stack, seconds], one after another.
        self._stretches = []
        self._task = 0

    def start(self):
        return True

    def stop(self):
        pass

    def finish(self):
        self._tell()

    def look(self, frame):
        """``frame``: the one that was interrupted."""
        recorder = self._recorder
        record = getattr(asyncio._get_running_loop(), '_coroscope', None)
        if record is None or not recorder.on:
            return
        now = self._cpu_time()
        stack, run = stack_in_loop(frame)
        start = run.f_locals.get('start') if run is not None else None
        if not stack or start is None or record.waiting:
            return
        if record is not self._record or record.turns != self._turns:
            self._tell()
            self._record, self._turns, self._since = record, record.turns, start
            self._task = record.current.id if record.current is not None else 0
        elif not any(code.co_filename.startswith('<frozen importlib') for code, _ in stack):
            if now - self._at > UNSEEN:
                stack = []
            if self._stretches and self._stretches[-1][0] == stack:
                self._stretches[-1][1] += now - self._at
            else:
                self._stretches.append([stack, now - self._at])
        self._at = now

    def _tell(self):
        stretches, self._stretches = self._stretches, []
        if sum(seconds for _, seconds in stretches) < LEAST:
            return
        since = self._since
        if self._virtual and self._turns != self._record.turns:
            # It costs what the clock counted, which is nothing if it stayed below its threshold.
            left = self._counts.of(self._record, self._turns)
        else:
            left = float('inf')
        for stack, seconds in stretches:
            seconds = min(seconds, left)
            if seconds <= 0:
                break
            left -= seconds
            until = since + seconds
            site = site_of_stack(self._recorder.places, stack)
            self._recorder.note(self._record, HELD, since, self._task, site, microseconds(seconds), 0, self._turns, until)
            since = until
