"""Common parts of our replacements for asyncio's handles; and handles from other threads, which are not on the hot path."""

import asyncio
from asyncio import events

from ..records.tasks import THREAD
from .wrapper_code import look_like

Handle = events.Handle
raw_run = Handle._run

#: Since 3.13 asyncio shows the arguments of a callback in debug mode only.
_SHOWS_ARGUMENTS = 'debug' in (asyncio.format_helpers._format_callback_source.__kwdefaults__ or ())


def handle_error(handle, error):
    """Handles an exception of a callback as ``Handle._run`` does."""
    loop = handle._loop
    more = {'debug': loop.get_debug()} if _SHOWS_ARGUMENTS else {}
    source = asyncio.format_helpers._format_callback_source(handle._callback, handle._args, **more)
    context = {'message': f'Exception in callback {source}', 'exception': error, 'handle': handle}
    if handle._source_traceback:
        context['source_traceback'] = handle._source_traceback
    loop.call_exception_handler(context)


def runs(function):
    """A replacement for ``Handle._run`` that looks the same in tracebacks."""
    return look_like(function, raw_run, 'run')


def as_handle(ours, original):
    """Makes a class look like the one that it replaces."""
    ours.__name__, ours.__qualname__, ours.__module__ = original.__name__, original.__qualname__, original.__module__
    # Else it stands in already: see ``runs``.
    if ours._run.__code__.co_filename != original._run.__code__.co_filename:
        look_like(ours._run, original._run, 'run' if original is Handle else '_run')


def from_threads(runner, attach, caller, broken):
    """The class of handles made in other threads, and ``call_soon_threadsafe``. Arguments: see ``hot.make``; ``attach(loop)`` begins a record."""
    thread_handle = getattr(events, '_ThreadSafeHandle', Handle)

    run_from_thread = runner(lambda handle: handle._caller)

    class ThreadHandle(thread_handle):
        """A callback scheduled from another thread, and for whom."""

        __slots__ = ('_caller',)

        if thread_handle is Handle:
            _run = run_from_thread
        else:
            def _run(self):
                # A thread that cancels it waits until it has run.
                with self._lock:
                    if self._cancelled:
                        return None
                    return run_from_thread(self)

    as_handle(ThreadHandle, thread_handle)

    #: Frames that make such a handle, which asyncio leaves out of its stack.
    made_in = -1 if thread_handle is Handle else -2

    def call_soon_threadsafe(self, callback, *args, context=None):
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        handle = ThreadHandle(callback, args, self, context)
        if handle._source_traceback:
            del handle._source_traceback[made_in:]
        handle._caller = THREAD, 0, 0
        try:
            if self._coroscope is None:
                attach(self)
            handle._caller = caller(self, callback, args)
        except Exception as error:
            broken(error)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    return ThreadHandle, call_soon_threadsafe
