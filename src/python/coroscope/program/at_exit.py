"""What a program has registered with ``atexit``."""

import atexit


def run_at_exit():
    """Runs it as Python does at its end, which then finds nothing left to do."""
    try:
        atexit._run_exitfuncs()
    except Exception:
        # Until 3.9 the last error comes out of it, after all have been printed.
        pass
