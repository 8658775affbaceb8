"""Processes that the program started: without ``--follow-children`` the record only says that there were some."""

import sys

from ..records.kinds import STARTED_PROCESSES


def note_processes(recorder):
    """Records that the program started others, as far as that is known: those that have ended, and those of ``multiprocessing``."""
    if any_ended() or any_of_multiprocessing():
        recorder.outside.event(STARTED_PROCESSES, recorder.clock.now())


def any_ended():
    try:
        import resource
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_maxrss > 0 or used.ru_utime + used.ru_stime > 0
    except (ImportError, OSError):
        # Windows does not tell.
        return False


def any_of_multiprocessing():
    process = sys.modules.get('multiprocessing.process')
    return bool(getattr(process, '_children', None))
