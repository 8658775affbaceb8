"""Where a program is stopped, and how its record says so."""

import json
import time

from ..records.kinds import STOP

_wall = time.monotonic


class Stopped(BaseException):
    """Raised out of the loop if the process cannot simply end: recording is over."""


class Limits:
    """Limits at which a program is stopped: turns of a loop, and seconds of virtual and of real time. 0: no limit."""

    def __init__(self, steps=0, virtual_time=0, wall_time=0):
        self.steps = steps
        self.virtual_time = virtual_time
        self.wall_time = wall_time
        self.began = _wall()

    def wall_is_over(self):
        """Whether the program has run for ``wall_time`` seconds of real time."""
        return bool(self.wall_time) and _wall() - self.began >= self.wall_time


def record_stop(recorder, reason, message, time):
    """Records at ``time`` (seconds) that the program was stopped, and why: a name for programs, a sentence for people."""
    text = json.dumps({'reason': reason, 'message': message})
    target = recorder.loops[-1] if recorder.loops else recorder.outside
    target.event(STOP, time, 0, 0, recorder.text(text))
