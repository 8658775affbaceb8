"""What could wake a loop from outside: sockets, signals, running threads."""

import sys
import threading


def outside_work(loop):
    """Whether something other than a timer may wake the loop: a socket, a pipe, a running thread."""
    return waits_for_sockets(loop) or threads_at_work()


def waits_for_sockets(loop):
    return watches_files(loop) or bool(loop_signals(loop))


def watches_files(loop):
    """Whether the loop watches a socket or a pipe other than the one that it wakes itself by."""
    selector = getattr(loop, '_selector', None)
    own = 1 if getattr(loop, '_ssock', None) is not None else 0
    try:
        return len(selector.get_map()) > own
    except Exception:
        return False


def handles_signals():
    """Whether the program has set a signal handler, which could wake a loop. Python's and asyncio's own for Ctrl+C do not count: they end it."""
    signals = sys.modules.get('signal')
    if signals is None:
        return False
    for number in signals.valid_signals():
        handler = signals.getsignal(number)
        if callable(handler) and handler is not signals.default_int_handler:
            module = getattr(handler, '__module__', None) or ''
            # A partial, as asyncio's own handler of Ctrl-C is, has its function's module.
            module = getattr(getattr(handler, 'func', None), '__module__', None) or module
            if module.split('.')[0] not in ('asyncio', 'coroscope'):
                return True
    return False


def loop_signals(loop):
    return getattr(loop, '_signal_handlers', None)


def threads_at_work(sleeping=()):
    """Threads that could call back: any but this one, the idle workers of thread pools, and those that are known to sleep."""
    if threading.active_count() == 1:
        return False
    # Not imported here: a program with a module of this name must get its usual error.
    pool = sys.modules.get('concurrent.futures.thread')
    me = threading.current_thread()
    for thread in threading.enumerate():
        if thread is me or thread.ident in sleeping or not thread.is_alive():
            continue
        if pool is None or thread not in pool._threads_queues or not is_idle(thread, pool):
            return True
    return False


def idle_workers():
    pool = sys.modules.get('concurrent.futures.thread')
    return pool is not None and any(is_idle(thread, pool) for thread in list(pool._threads_queues))


def is_idle(thread, pool):
    """Whether a pool's worker waits in ``work_queue.get``, with nothing to do."""
    frame = sys._current_frames().get(thread.ident)
    return frame is not None and frame.f_code is pool._worker.__code__
