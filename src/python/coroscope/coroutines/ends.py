"""How a coroutine ended, and what closed it if it was closed early."""

import asyncio
import dis

from ..source.places import CO_ASYNC_GENERATOR

RETURNED, RAISED, CANCELLED, CLOSED = 1, 2, 3, 4
#: Why a coroutine was closed: the program called ``close()`` or ``aclose()``; the loop's ``shutdown_asyncgens``; the last reference was dropped.
CLOSED_BY_PROGRAM, CLOSED_BY_LOOP, DROPPED = 1, 2, 3


def how_raised(error):
    if isinstance(error, asyncio.CancelledError):
        return CANCELLED
    return CLOSED if isinstance(error, GeneratorExit) else RAISED


def why_closed(places, record, code, frame):
    """(site, why) of a coroutine that is closed. ``frame`` is the one that was running when it was."""
    user = places.user_frame(frame)
    site = 0 if user is None else places.site(places.root, user.f_code, user.f_lasti).id
    if not code.co_flags & CO_ASYNC_GENERATOR:
        return site, CLOSED_BY_PROGRAM if frame is not None and closes(frame) else DROPPED
    if user is not None:
        return site, CLOSED_BY_PROGRAM
    # A task that the loop creates closes it: at the loop's end, or because the last reference was dropped.
    loop = record.loop() if record.loop is not None else None
    return 0, CLOSED_BY_LOOP if getattr(loop, '_asyncgens_shutdown_called', False) else DROPPED


_LOADS = ('LOAD_METHOD', 'LOAD_ATTR')


def closes(frame):
    """Whether a frame stands at a call of ``….close()`` or ``….throw(…)``: else what it did let go of the last reference."""
    return last_method(frame, True) in ('close', 'throw')


def last_method(frame, calling=False):
    """Name of the last attribute that was looked up before the place where a frame stands; ``calling``: if it stands at a call."""
    name = at = ''
    for each in dis.get_instructions(frame.f_code):
        if each.offset > frame.f_lasti:
            break
        at = each.opname
        if at in _LOADS:
            name = each.argval
    return name if not calling or at.startswith('CALL') else ''
