"""A service that tells, for each line that it reads, what can be told of this process from within: what was changed in it would show."""

import asyncio
import atexit
import gc
import json
import logging
import os
import sys
import threading
import types
import warnings

BEGUN = asyncio.Event()


def fingerprint():
    found = {}

    def note(name, value):
        found[name] = f'{type(value).__name__} {id(value)}'

    for name, module in list(sys.modules.items()):
        if module is None or not name.startswith(('asyncio', 'threading', '_thread', 'socket', 'logging', 'warnings', 'os', 'time', 'signal', 'subprocess',
                                                  'concurrent', 'contextlib', 'builtins', 'selectors', 'coroscope', '__main__')):
            continue
        for key, value in list(vars(module).items()):
            note(f'{name}.{key}', value)
            if isinstance(value, type):
                for each, inner in list(vars(value).items()):
                    # Methods of C types are made anew.
                    if each not in ('__weakref__', '__dict__', '__abstractmethods__', '_abc_impl', '__annotations_cache__', '__static_attributes__'):
                        note(f'{name}.{key}.{each}', inner)
    for number in range(6):
        found[f'tool {number}'] = f'{sys.monitoring.get_tool(number)} {sys.monitoring.get_events(number) if sys.monitoring.get_tool(number) else 0}'
    loop = asyncio.get_running_loop()
    for thing, name in ((sys.stdout, 'stdout'), (sys.stderr, 'stderr'), (loop, 'loop'), (loop._selector, 'selector'), (logging.getLogger(), 'logger')):
        for key, value in getattr(thing, '__dict__', {}).items():
            if callable(value):
                note(f'{name}.{key}', value)
        found[f'{name} type'] = repr(type(thing))
    found['modules'] = sorted(name for name in sys.modules if 'coroscope' in name)
    found['path'] = list(sys.path)
    found['threads'] = sorted(thread.name for thread in threading.enumerate())
    found['native threads'] = len(os.listdir('/proc/self/task'))
    found['files'] = sorted(os.readlink(f'/proc/self/fd/{fd}') for fd in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{fd}'))
    found['at exit'] = atexit._ncallbacks()
    found['profile'] = f'{sys.getprofile()} {sys.gettrace()} {sys.excepthook} {sys.displayhook}'
    found['interval'] = sys.getswitchinterval()
    found['hooks'] = len(sys.meta_path), len(sys.path_hooks), len(gc.callbacks)
    found['filters'] = len(warnings.filters)
    found['marks'] = sorted({repr(type(each)) for each in gc.get_objects() if isinstance(getattr(each, '__dict__', None), dict) and not isinstance(each, (type, types.ModuleType)) and '_coroscope' in vars(each)})
    found['tasks'] = sorted(f'{task.get_name()} {task.get_coro().__qualname__}' for task in asyncio.all_tasks())
    return found


queue = asyncio.Queue()
lock = asyncio.Lock()
#: What the workers did: nothing may be lost or done twice.
done = []


async def worker():
    while True:
        number = await queue.get()
        async with lock:
            await asyncio.sleep(0)
        try:
            async with asyncio.timeout(0.001 if number % 7 == 0 else 10):
                await asyncio.sleep(0.003)
        except TimeoutError:
            pass
        done.append(number)


async def producer():
    number = 0
    while True:
        number += 1
        await queue.put(number)
        if number % 5 == 0:
            await asyncio.to_thread(sum, range(100))
        await asyncio.sleep(0.002)


async def inner():
    await asyncio.get_running_loop().create_future()


async def waits():
    await inner()


async def group():
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(inner(), name='in a group')


async def answers():
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await asyncio.to_thread(sum, range(100))
    fingerprint()
    print('up', flush=True)
    while line := await reader.readline():
        gc.collect()
        print(json.dumps(fingerprint() if line == b'fingerprint\n' else len(done)), flush=True)


async def other():
    while True:
        await asyncio.sleep(0.01)


async def main():
    threading.Thread(target=asyncio.run, args=(other(),), daemon=True, name='second loop').start()
    tasks = [asyncio.create_task(each) for each in (producer(), waits(), group(), *(worker() for _ in range(3)))]
    await answers()
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(isinstance(each, asyncio.CancelledError) for each in ended), ended
    while not queue.empty():
        queue.get_nowait()
    assert sorted(done) == list(range(1, len(done) + 1)) or set(range(1, max(done) + 1)) - set(done) <= set(range(max(done) - 3, max(done) + 1)), done
    print('good', flush=True)


asyncio.run(main())
