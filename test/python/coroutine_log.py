"""Programs from seeds that write down themselves when each coroutine begins and how it ends, each item, each async with."""
import asyncio
import json
import random


class Boom(Exception):
    pass


lines = []


def note(*what):
    lines.append(what)


def now():
    # All its sleeps are whole seconds.
    return round(asyncio.get_running_loop().time() - began)


class Manager:
    def __init__(self, dice):
        self.dice = dice
        self.times = [now()]

    async def __aenter__(self):
        await asyncio.sleep(self.dice.randrange(2))
        self.times.append(now())

    async def __aexit__(self, *error):
        self.times.append(now())
        await asyncio.sleep(self.dice.randrange(2))
        note('with', *self.times, now())


async def items(dice, depth, count):
    for number in range(1, count + 1):
        if dice.random() < 0.3:
            await asyncio.sleep(1)
        if depth and dice.random() < 0.2:
            await node(dice, depth - 1)
        yield number


async def act(dice, depth):
    what = dice.randrange(9)
    if what == 0:
        await node(dice, depth - 1)
    elif what == 1:
        try:
            await node(dice, depth - 1)
        except Boom:
            pass
    elif what == 2:
        await asyncio.gather(node(dice, depth - 1), node(dice, depth - 1), return_exceptions=True)
    elif what == 3:
        await asyncio.sleep(dice.randrange(3))
    elif what == 4:
        raise Boom
    elif what == 5:
        task = asyncio.create_task(node(dice, depth - 1))
        await asyncio.sleep(dice.randrange(2))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    elif what == 6:
        async for number in items(dice, depth, dice.randrange(4)):
            note('item', number, now())
            if dice.random() < 0.2:
                break
    elif what == 7:
        async with Manager(dice):
            await node(dice, depth - 1)
    else:
        try:
            await asyncio.wait_for(node(dice, depth - 1), 1)
        except asyncio.TimeoutError:
            pass


async def node(dice, depth):
    start = now()
    how = 'returned'
    try:
        for _ in range(dice.randrange(1, 4)):
            if depth:
                await act(dice, depth)
            else:
                await asyncio.sleep(dice.randrange(2))
    except asyncio.CancelledError:
        how = 'cancelled'
        raise
    except Boom:
        how = 'raised'
        raise
    finally:
        note('node', asyncio.current_task().get_name(), start, now(), how)


async def main():
    global began
    asyncio.get_running_loop().set_exception_handler(lambda *about: None)
    began = asyncio.get_running_loop().time()
    for seed in range(40):
        await asyncio.gather(node(random.Random(seed), 4), return_exceptions=True)


asyncio.run(main())
for line in lines:
    print(json.dumps(line))
