"""Functions that a program has registered with ``atexit``."""

import atexit
import gc
import sys
import threading


def run_at_exit():
    """Runs them as Python does at its end, which then finds none left."""
    try:
        atexit._run_exitfuncs()
    except Exception:
        # Until 3.9 the last error comes out of it, after all have been printed.
        pass


def clear_away_program(then):
    """Has the program's own module go before all others at the end of the process, as it does without a tracer: what is logged or printed
    then, as of a failed task in a global, still finds asyncio whole, but can import nothing more. What is garbage already goes before that.
    All is called from C, so that warnings name no frame.

    ``then()`` is called after it: what is printed meanwhile is recorded. By then imports work again, for it may need one. The module
    stays where daemon threads go on: they keep it, and until 3.9 Python may hang at its end if that takes long.
    """
    if threading.active_count() > 1:
        then()
        return
    steps = [
        (gc.collect,),
        (setattr, sys, 'meta_path', None),
        # What prints tracebacks imports it only now since 3.13, and then cannot.
        (sys.modules.pop, 'tokenize', None),
        (sys.modules.pop, '__main__', None),
        (gc.collect,),
        (setattr, sys, 'meta_path', sys.meta_path),
        (then,),
    ]
    # What is registered last is called first.
    for step in reversed(steps):
        atexit.register(*step)
