"""Records a program without Node.js: this Python runs it under the tracer, in a process of its own."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
from typing import List, Tuple

from .. import FOLDER
from .exits import BROKEN, CANCELLED, FAILED, GOOD, STOPPED, complain
from .options import Options
from .page import write_page
from .texts import Texts

#: Limits on the virtual clock, as those of `docs/command.md`; none on the real one.
MOST_STEPS, MOST_VIRTUAL_TIME, MOST_WALL_TIME = 1_000_000, 86_400, 60
#: Exit codes of the tracer's own.
STOPPED_BY_TRACER, TOO_OLD, NOT_STARTED = 124, 96, 97


def record(options: Options, text: Texts) -> int:
    """Runs and records the program, and writes the page if that is asked for. Returns the exit code of the command."""
    if options.trace:
        return traced(options, options.trace, text)
    with tempfile.TemporaryDirectory(prefix='coroscope-') as folder:
        return traced(options, os.path.join(folder, 'run.coroscope'), text)


def traced(options: Options, trace: str, text: Texts) -> int:
    values = options.values
    clock = values.get('--clock', 'real')
    if clock == 'virtual':
        note_comments(options, text)
    if not is_special(trace):
        # Told at once if it cannot be written, not after a long run.
        open(trace, 'wb').close()
    code, lost = run(command(options, trace, clock), clock)
    if code in (NOT_STARTED, TOO_OLD) and not has_record(trace):
        return BROKEN
    if lost:
        what = options.trace or text('The temporary file of the trace')
        complain(text('{0} cannot be written: {1}. The rest of the run is not recorded.', what, lost), BROKEN)
    if options.html and (has_record(trace) or not lost):
        program = os.path.dirname(os.path.abspath(options.file))
        write_page(trace, options.html, text, [os.getcwd(), program] if options.module is None else [os.getcwd()], run_now=True)
    if lost:
        return BROKEN
    if code == 0:
        return GOOD
    if code in (-signal.SIGINT, 130):
        return CANCELLED
    if code == STOPPED_BY_TRACER:
        return complain(text('{0} was stopped at a limit.', options.file), STOPPED)
    if code < 0:
        return complain(text('{0} was killed ({1}).', options.file, signal.Signals(-code).name), FAILED)
    return complain(text('{0} failed with exit code {1}.', options.file, str(code)), FAILED)


def command(options: Options, trace: str, clock: str) -> List[str]:
    values = options.values
    engine = values.get('--engine', 'auto')
    python = sys.executable if engine in ('auto', 'interpreter') else python_in(engine)
    limits = (MOST_STEPS, MOST_VIRTUAL_TIME, MOST_WALL_TIME) if clock == 'virtual' else (0, 0, 0)
    words = [python, FOLDER, 'run', '--clock', clock, '--trace', os.path.abspath(trace)]
    for name, normal in zip(('--max-steps', '--max-virtual-time', '--max-wall-time'), limits):
        words += [name, values.get(name, str(normal))]
    if '--ties' in values:
        words += ['--ties', values['--ties']]
    if '--no-arguments' in values:
        words += ['--no-arguments']
    if '--no-library-calls' in values:
        words += ['--no-library-calls']
    if '--detail' in values:
        words += ['--detail', values['--detail']]
    if options.module is not None:
        words += ['--module', options.module]
    return [*words, '--', options.file, *options.args]


def python_in(engine: str) -> str:
    """A virtual environment stands for its Python."""
    inside = os.path.join(engine, 'Scripts', 'python.exe') if os.name == 'nt' else os.path.join(engine, 'bin', 'python')
    return inside if os.path.isdir(engine) else engine


def run(words: List[str], clock: str) -> Tuple[int, str]:
    """The exit code (negative: the signal that ended it), and why a part of the trace could not be written, if so."""
    env = dict(os.environ)
    if clock == 'virtual':
        # The order of sets of strings is part of "the same program gives the same trace".
        env.setdefault('PYTHONHASHSEED', '0')
    # Windows hands on no descriptors.
    told, tells = (-1, -1) if os.name == 'nt' else os.pipe()
    if tells >= 0:
        os.set_blocking(told, False)
        process = subprocess.Popen([*words[:3], '--failed-fd', str(tells), *words[3:]], env=env, pass_fds=(tells,))
        os.close(tells)
    else:
        process = subprocess.Popen(words, env=env)
    # Ctrl+C in a terminal reaches the program too, which handles it as it does without Coroscope. The others reach this process alone.
    handlers = {signal.SIGINT: lambda number, frame: None, signal.SIGTERM: lambda number, frame: process.send_signal(number)}
    if os.name != 'nt':
        handlers[signal.SIGHUP] = handlers[signal.SIGTERM]
    before = {number: signal.getsignal(number) for number in handlers}
    for number, handler in handlers.items():
        if before[number] != signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        return process.wait(), reason(told)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def reason(told: int) -> str:
    """What the tracer said. Children of the program may still be there, so this is not read to its end."""
    if told < 0:
        return ''
    try:
        return os.read(told, 1000).decode('utf-8', 'replace')
    except BlockingIOError:
        return ''
    finally:
        os.close(told)


def is_special(path: str) -> bool:
    """A pipe or a device: opening it may wait for a reader."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def has_record(trace: str) -> bool:
    try:
        return os.path.getsize(trace) > 0
    except OSError:
        return False


def note_comments(options: Options, text: Texts) -> None:
    try:
        with open(options.file, encoding='utf-8', errors='replace') as stream:
            if '# coroscope:' in stream.read():
                complain(text('Comments such as {0} work only with Node.js 20 or later; this run ignores them.', '# coroscope: takes 800ms'), GOOD)
    except OSError:
        pass
