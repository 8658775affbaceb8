"""Tells whose doing it is that something happens."""

import inspect
from asyncio import tasks

_DRIVEN = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR | inspect.CO_ITERABLE_COROUTINE
#: Coroutines of asyncio that make a task of what they are given.
_MAKERS = frozenset(getattr(tasks, name).__code__ for name in ('wait', 'wait_for'))


def within_library(frame, user_files):
    """Whether ``frame`` runs within a coroutine of a library that the user's code awaits: what it does is the library's own.

    ``create_task()``, ``gather()`` or a method such as ``group.start_soon()`` are calls with which users ask for a task themselves.
    """
    inner = None
    while frame is not None:
        code = frame.f_code
        if user_files[code.co_filename]:
            return inner is not None and inner.co_flags & _DRIVEN != 0 and inner not in _MAKERS
        inner = code
        frame = frame.f_back
    return False
