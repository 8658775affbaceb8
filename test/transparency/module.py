"""Runs one module of CPython's own ``test.test_asyncio`` and writes a line for each test: ``module.py MODULE RESULTS [TEST …]``.

It runs bare and as a traced program alike, so it is a script and asks nothing of the tracer.
"""

import importlib
import json
import sys
import time
import unittest


class Lines(unittest.TestResult):
    """One JSON array a line: ``[id, outcome, seconds, why]``; ``["…", "started"]`` before, to tell which test never ended."""

    def __init__(self, stream):
        super().__init__()
        self._stream = stream
        self._worst = None
        # Python 3.12.1 stops a test that it never started, if it is skipped.
        self._began = time.perf_counter()

    def _write(self, *row):
        self._stream.write(json.dumps(row) + '\n')
        self._stream.flush()

    def startTest(self, test):
        super().startTest(test)
        self._worst = None
        self._began = time.perf_counter()
        self._write(test.id(), 'started')

    def stopTest(self, test):
        super().stopTest(test)
        outcome, why = self._worst or ('ok', '')
        self._write(test.id(), outcome, round(time.perf_counter() - self._began, 3), why)

    def _is(self, test, outcome, why=''):
        # The first that is said of a test is what it is; later ones come from its clean-up.
        if self._worst is None or self._worst[0] == 'skip':
            self._worst = outcome, why
        if not isinstance(test, unittest.TestCase):
            # A fixture of a class or of the module: there is no test to stop.
            self._write(test.id(), outcome, 0, why)

    def addError(self, test, err):
        super().addError(test, err)
        self._is(test, 'error', self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._is(test, 'fail', self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._is(test, 'fail' if issubclass(err[0], test.failureException) else 'error', self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._is(test, 'skip', reason)

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._is(test, 'expected failure')

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._is(test, 'unexpected success')


def main(name, results, wanted):
    with open(results, 'w', encoding='utf-8') as stream:
        lines = Lines(stream)
        full = f'test.test_asyncio.{name}'
        try:
            module = importlib.import_module(full)
        except unittest.SkipTest as reason:
            lines._write(full, 'skip', 0, str(reason))
            lines._write('', 'end')
            return
        loader = unittest.defaultTestLoader
        suite = loader.loadTestsFromNames(wanted) if wanted else loader.loadTestsFromModule(module)
        suite.run(lines)
        lines._write('', 'end')


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
