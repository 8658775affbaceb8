import asyncio
import itertools
import threading
import time


class Boom(Exception):
    pass


class Context:
    def __init__(self, seconds):
        self.seconds = seconds

    async def __aenter__(self):
        await asyncio.sleep(self.seconds)

    async def __aexit__(self, *error):
        await asyncio.sleep(self.seconds)


class Waits:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        yield from asyncio.sleep(self.seconds).__await__()


async def dive(depth, seconds):
    if depth:
        await dive(depth - 1, seconds)
    else:
        await asyncio.sleep(seconds)


def now():
    """Time, and the task that runs, as the program itself sees them."""
    task = asyncio.current_task()
    return repr(round(asyncio.get_running_loop().time() % 100_000, 3)), task.get_name() if task is not None else '-'


def spawned(task, mine, kept, number):
    mine.append(task)
    if kept:
        made.append(task)
    print('s', number, *now(), task.get_name())


def cancel(number, key):
    task = made[key % len(made)]
    print('c', number, *now(), task.get_name(), task.cancel())


def put_nowait(key):
    try:
        queues[key % 2].put_nowait(next(counter))
    except asyncio.QueueFull:
        pass


def get_nowait(key):
    try:
        queues[key % 2].get_nowait()
    except asyncio.QueueEmpty:
        pass


def settle(key, error=None):
    future = futures[key % 3]
    if not future.done():
        future.set_result(key) if error is None else future.set_exception(error)


def later(number, act, key):
    print('l', number, *now())
    if act == 'future':
        settle(key)
    elif act == 'put':
        put_nowait(key)
    elif act == 'cancel':
        cancel(number, key)
    elif act == 'event':
        event.set()
    elif act == 'spawn':
        made.append(asyncio.get_running_loop().create_task(functions[key]()))
        print('s', number, *now(), made[-1].get_name())


def thread_sets(seconds):
    loop = asyncio.get_running_loop()
    threading.Thread(target=lambda: (time.sleep(seconds), loop.call_soon_threadsafe(event.set))).start()


def report():
    """How each task ended, from asyncio itself."""
    for task in made:
        if not task.done():
            kind, text = 'pending', ''
        elif task.cancelled():
            kind, text = 'cancelled', ''
        elif task.exception() is not None:
            kind, text = 'exception', type(task.exception()).__name__
        else:
            kind, text = 'result', repr(task.result())
        print('o', 0, *now(), task.get_name(), kind, text)


async def end(body):
    """Whatever still waits is cancelled, again and again: every program ends."""
    await asyncio.wait({body}, timeout=LIMIT)
    me = asyncio.current_task()
    for _ in range(100):
        rest = sorted((task for task in asyncio.all_tasks() if task is not me), key=lambda task: task.get_name())
        if not rest:
            break
        for task in rest:
            task.cancel()
        await asyncio.wait(rest, timeout=LIMIT / 60)
    report()


counter = itertools.count()
made = []
