"""The part of a stack that runs inside a loop, and its place in the source."""

import os
import sys
import time

from .. import FOLDER
from ..source.places import RUN, RUN_FILE

#: Frames of a stack, from the loop inwards.
DEEPEST = 100

HERE = FOLDER + os.sep
_now = time.perf_counter


def stack_in_loop(frame):
    """The frames from one out to where the loop was entered, innermost first, as (code, instruction), and the one that runs them all."""
    stack = []
    while frame is not None:
        code = frame.f_code
        file = code.co_filename
        if file == RUN_FILE and code.co_name == RUN:
            return stack, frame
        if not file.startswith(HERE):
            stack.append((code, frame.f_lasti))
        frame = frame.f_back
    return None, None


def stack_of_turn(record, turns):
    """(stack as of ``stack_in_loop``, task at work, when its step began, its handle) of a loop that is in this turn.

    None if it is between two turns, or may have changed while it was looked at.
    """
    now = _now()
    stack, run = stack_in_loop(sys._current_frames().get(record.thread))
    current = record.current
    names = run.f_locals if run is not None else {}
    start = names.get('start')
    handle = names.get('self') if current is not None else None
    if stack is None or start is None or record.waiting or record.turns != turns or _now() - now > 0.004:
        return None
    return stack, current, start, handle


def site_of_stack(places, stack):
    """Id of the place of a stack's innermost frame, among those that were called from the same places."""
    site = places.stacks
    for code, at in reversed(stack[-DEEPEST:]):
        site = places.called(site, code, at)
    return site.id


def microseconds(seconds):
    return min(round(seconds * 1e6), 0xFFFFFFFF)
