"""Where a task is suspended: the place of its innermost frame in the tree of await chains."""

import asyncio
import gc
import types

Coroutine = types.CoroutineType
Generator = types.GeneratorType
AsyncGenerator = types.AsyncGeneratorType


class _NoLoop:
    def get_debug(self):
        return False


#: Iterator types of futures: the end of every chain.
FutureIter = type(iter(asyncio.Future(loop=_NoLoop())))

#: Awaitables without an attribute for what they drive; the garbage collector knows it.
_OPAQUE = frozenset(('async_generator_asend', 'async_generator_athrow', 'anext_awaitable', 'coroutine_wrapper'))


def frame_of(awaited):
    """(frame, what it awaits in turn) of a coroutine, generator or async generator; (None, …) for anything else."""
    kind = type(awaited)
    if kind is Coroutine:
        return awaited.cr_frame, awaited.cr_await
    if kind is Generator:
        return awaited.gi_frame, awaited.gi_yieldfrom
    if kind is AsyncGenerator:
        return awaited.ag_frame, awaited.ag_await
    return None, None


def unwrap(awaited):
    """What an opaque awaitable drives: ``agen.asend()``, ``coro.__await__()``."""
    for _ in range(8):
        if type(awaited).__name__ not in _OPAQUE:
            break
        inner = gc.get_referents(awaited)
        known = [each for each in inner if type(each) in (AsyncGenerator, Coroutine, Generator)]
        awaited = next(iter(known or [each for each in inner if type(each).__name__ in _OPAQUE]), None)
    return awaited


def deepen(places, site, awaited, frames=None):
    """Follows awaitables from ``awaited`` down, below ``site``; returns the innermost place and frame."""
    frame = None
    for _ in range(10_000):
        awaited = unwrap(awaited)
        inner, following = frame_of(awaited)
        if inner is None:
            break
        frame = inner
        site = places.below(site, frame.f_code, getattr(awaited, '__qualname__', None))[frame.f_lasti]
        if frames is not None:
            frames.append(frame)
        if following is None:
            break
        awaited = following
    return site, frame


def frames_of(state):
    """The frames of a suspended task, outermost first; none where its own coroutine is no plain one."""
    frames = [coro.cr_frame for coro, _ in state.above or ()]
    awaited = state.coro
    for _ in range(1000):
        frame, following = frame_of(awaited)
        if frame is None:
            break
        frames.append(frame)
        awaited = unwrap(following)
    return frames
