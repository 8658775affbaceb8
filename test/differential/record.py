"""Runs the programs of the differential suite bare, and keeps what they print: the truth that the virtual clock is held against.

    python3.14 record.py           the programs of ``programs/`` and random ones, into ``bare/3.14.json``
    python3.14 record.py NAME …    only these, for example ``random-17`` or ``gather/order of results``

Each runs three times, in a process of its own with nothing else beside it as far as the system allows (as root: in real time); what prints
the same three times is kept, the others are named. A program that says ``# since 3.11`` is for that Python and later ones.
"""

import atexit
import gc
import json
import os
import re
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ties import Program

HERE = Path(__file__).parent
RANDOM = 450
TIMES = 3
AT_ONCE = 5
NEWEST = 14


def programs():
    """By name: text and the minor version it needs."""
    found = {}
    for file in sorted((HERE / 'programs').glob('*.py')):
        for part in re.split(r'^# %% ', file.read_text(), flags=re.M)[1:]:
            title, _, text = part.partition('\n')
            since = re.search(r'# since 3\.(\d+)', text)
            found[f'{file.stem}/{title.strip()}'] = text.strip() + '\n', int(since[1]) if since else 9
    for seed in range(RANDOM):
        found[f'random-{seed}'] = Program(seed).whole(), 9
    return found


def run(text):
    """What a program prints, and its exit code, of a forked child."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        for fd in (1, 2):
            os.dup2(write, fd)
        sys.stdout = open(1, 'w', buffering=1)
        sys.stderr = open(os.open(os.devnull, os.O_WRONLY), 'w')
        try:
            exec(compile(text, 'program.py', 'exec'), {'__name__': '__main__'})
        except SystemExit:
            pass
        except BaseException as error:
            print(f'{type(error).__name__}: {error}')
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(0)
    os.close(write)
    with open(read, encoding='utf-8') as stream:
        output = stream.read()
    os.waitpid(child, 0)
    return output


def undisturbed():
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    except (AttributeError, OSError):
        print('not in real time: other programs may disturb what is recorded', file=sys.stderr)


def main(names):
    import asyncio, logging, datetime  # noqa: E401, F401
    gc.freeze()
    undisturbed()
    # Only threads that wait for a child are there when one is forked.
    warnings.simplefilter("ignore", DeprecationWarning)
    minor = sys.version_info[1]
    out = HERE / 'bare' / f'3.{minor}.json'
    kept = json.loads(out.read_text()) if names and out.exists() else {}
    wanted = {name: text for name, (text, since) in programs().items() if since <= minor and (not names or name in names)}

    def thrice(item):
        name, text = item
        first = run(text)
        return name, first if all(run(text) == first for _ in range(TIMES - 1)) else None

    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, output in pool.map(thrice, wanted.items()):
            kept.pop(name, None)
            if output is None:
                print(f'undecided: {name}')
            else:
                kept[name] = output
    out.parent.mkdir(exist_ok=True)
    random = {f'random-{seed}': Program(seed).whole() for seed in range(RANDOM)}
    if minor == NEWEST:
        # Those that are undecided there are not asked for.
        decided = {name: random[name] for name in random if name in kept}
        (out.parent / 'random.json').write_text(json.dumps(decided, indent=2, sort_keys=True) + '\n')
    out.write_text(json.dumps(kept, indent=2, ensure_ascii=False, sort_keys=True) + '\n')
    print(f'{len(kept)} programs, {time.monotonic() - began:.0f} s')


if __name__ == '__main__':
    main(sys.argv[1:])
