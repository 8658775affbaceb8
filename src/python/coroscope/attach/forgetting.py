"""What a recording leaves on locks, queues, jobs and threads of the program is taken from them: the package that it belongs to goes, too."""

import asyncio
import concurrent.futures
import gc
import threading
from asyncio import base_subprocess

from ..records.tasks import TaskState
from ..resources.resources import Resource

NAME = '_coroscope'
#: What is kept on an object, by its type; and types of objects on which a number is kept.
MARKS = (TaskState, Resource)
MARKED = tuple(kind for kind in (
    concurrent.futures.Future, threading.Thread, base_subprocess.BaseSubprocessTransport, getattr(asyncio, 'TaskGroup', None),
    getattr(asyncio, 'Timeout', None)) if kind is not None)


def forget():
    # Objects refer to their type: one pass over all of them finds those of a type, and a second one who holds them, without any code of the
    # program.
    marks = [each for each in gc.get_referrers(*MARKS) if type(each) in MARKS]
    for holder in gc.get_referrers(*marks) if marks else ():
        if type(holder) is dict:
            if type(holder.get(NAME)) in MARKS:
                del holder[NAME]
        elif holder is not marks:
            unmark(holder)
    for each in gc.get_referrers(*MARKED):
        if isinstance(each, MARKED):
            unmark(each)


def unmark(thing):
    try:
        object.__delattr__(thing, NAME)
    except (AttributeError, TypeError):
        pass
