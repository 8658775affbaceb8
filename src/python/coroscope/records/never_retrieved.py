"""Task exceptions that were not retrieved when the record ends. Python logs them only when the task is collected, which may be never."""

import weakref

from .short_repr import shown_error

#: Failed tasks to remember; beyond this, those whose exception was retrieved are dropped.
MOST = 1000


class NeverRetrieved:
    def __init__(self, recorder):
        self._recorder = recorder
        self._failed = []

    def note(self, task, state, error, site, time):
        if len(self._failed) >= MOST:
            self._failed = [each for each in self._failed if unretrieved(each[0]())]
            if len(self._failed) >= MOST:
                return
        record = state.record
        self._failed.append((weakref.ref(task), record, state.id, type(error).__qualname__, shown_error(error), site, time, record.turns))

    def tell(self):
        """At the end of the record."""
        failed, self._failed = self._failed, []
        for reference, record, number, kind, text, site, time, turn in failed:
            if unretrieved(reference()):
                self._recorder.error(3, time, kind, f'Task exception was never retrieved: {text}', '', number, site, record, turn=turn)


def unretrieved(task):
    """Whether asyncio would log the exception of a task if it were collected now. None: it was collected, and logged."""
    return task is not None and getattr(task, '_log_traceback', False) is True
