Programs about coroutines, generators, callbacks and loops.

# %% a coroutine that is not awaited does nothing
import asyncio, warnings
warnings.simplefilter("ignore")

async def hello():
    print("hello")

async def main():
    hello()
    print("nothing said")
    await hello()

asyncio.run(main())

# %% create_task begins later
import asyncio

async def child():
    print("child")

async def main():
    task = asyncio.create_task(child())
    print("main first")
    await task
    print("main again")

asyncio.run(main())

# %% an async generator
import asyncio

async def ticker(n, delay):
    for i in range(n):
        yield i
        await asyncio.sleep(delay)

async def show(name, delay):
    async for i in ticker(3, delay):
        print(name, i)

async def main():
    await asyncio.gather(show("a", 0.05), show("b", 0.08))

asyncio.run(main())

# %% a generator that is left early
import asyncio

async def numbers():
    try:
        for i in range(10):
            yield i
            await asyncio.sleep(0.02)
    finally:
        print("closed")

async def main():
    async for i in numbers():
        print(i)
        if i == 2:
            break
    print("left")

asyncio.run(main())

# %% async comprehensions
import asyncio

async def numbers():
    for i in range(4):
        await asyncio.sleep(0.01)
        yield i

async def double(i):
    await asyncio.sleep(0.01)
    return 2 * i

async def main():
    print([i async for i in numbers() if i % 2], [await double(i) for i in range(3)])

asyncio.run(main())

# %% an async context manager
import asyncio
from contextlib import asynccontextmanager

@asynccontextmanager
async def opened(name):
    await asyncio.sleep(0.03)
    print("open", name)
    try:
        yield name
    finally:
        await asyncio.sleep(0.03)
        print("close", name)

async def use(name):
    async with opened(name):
        print("use", name)

async def main():
    await asyncio.gather(use("a"), use("b"))

asyncio.run(main())

# %% callbacks in order
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, print, "later 0.1")
    loop.call_later(0.05, print, "later 0.05")
    loop.call_soon(print, "soon")
    loop.call_at(loop.time() + 0.05, print, "at 0.05")
    print("now")
    await asyncio.sleep(0.15)

asyncio.run(main())

# %% call_at and call_later meet
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    for i in range(4):
        loop.call_at(loop.time() + 0.05, print, "at", i)
        loop.call_later(0.05, print, "later", i)
    await asyncio.sleep(0.05)
    print("main")
    await asyncio.sleep(0.02)

asyncio.run(main())

# %% call_later with nothing
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, print, "later 0")
    loop.call_soon(print, "soon")
    await asyncio.sleep(0)
    print("turn 1")
    await asyncio.sleep(0)
    print("turn 2")

asyncio.run(main())

# %% a timer that is cancelled
import asyncio

async def main():
    handle = asyncio.get_running_loop().call_later(0.05, print, "never")
    handle.cancel()
    await asyncio.sleep(0.1)
    print(handle.cancelled())

asyncio.run(main())

# %% done callbacks
import asyncio

async def work(n):
    await asyncio.sleep(n / 50)
    return n

async def main():
    tasks = [asyncio.create_task(work(n)) for n in (3, 1, 2)]
    for task in tasks:
        task.add_done_callback(lambda task: print("done", task.result()))
    await asyncio.gather(*tasks)
    print("all")

asyncio.run(main())

# %% two loops one after another
import asyncio

async def main(name):
    await asyncio.sleep(0.05)
    print(name)
    return name

print(asyncio.run(main("one")), asyncio.run(main("two")))

# %% run_until_complete
import asyncio

async def work():
    await asyncio.sleep(0.05)
    return "done"

loop = asyncio.new_event_loop()
print(loop.run_until_complete(work()))
loop.close()
print(loop.is_closed())

# %% an error of a task
import asyncio

async def fails():
    await asyncio.sleep(0.02)
    raise LookupError("lost")

async def main():
    task = asyncio.create_task(fails())
    await asyncio.sleep(0.05)
    print(task.done(), repr(task.exception()))
    try:
        await task
    except LookupError as error:
        print("caught", error)

asyncio.run(main())

# %% names of tasks
import asyncio

async def who():
    await asyncio.sleep(0.01)
    return asyncio.current_task().get_name()

async def main():
    print(await asyncio.gather(asyncio.create_task(who(), name="first"), asyncio.create_task(who(), name="second")))
    print(len(asyncio.all_tasks()))

asyncio.run(main())

# %% context variables
import asyncio, contextvars

user = contextvars.ContextVar("user", default="nobody")

async def handle(name):
    user.set(name)
    await asyncio.sleep(0.02)
    return user.get()

async def main():
    print(await asyncio.gather(handle("ann"), handle("bob")), user.get())

asyncio.run(main())

# %% an awaitable object
import asyncio

class Later:
    def __init__(self, delay):
        self.delay = delay

    def __await__(self):
        yield from asyncio.sleep(self.delay).__await__()
        return self.delay

async def main():
    print(await asyncio.gather(wait(Later(0.1)), wait(Later(0.05))))

async def wait(later):
    value = await later
    print("waited", value)
    return value

asyncio.run(main())

# %% a home-made scheduler beside asyncio
from collections import deque

def counter(name, n):
    for i in range(n):
        print(name, i)
        yield

queue = deque([counter("a", 2), counter("b", 3)])
while queue:
    task = queue.popleft()
    try:
        next(task)
        queue.append(task)
    except StopIteration:
        pass

# %% at the end
import asyncio, atexit

atexit.register(print, "at exit")

async def main():
    await asyncio.sleep(0.01)
    print("main")

asyncio.run(main())
print("after")

# %% restaurant
import asyncio

async def cook(dish, minutes):
    print("begin", dish)
    await asyncio.sleep(minutes / 50)
    print("ready", dish)
    return dish

async def waiter(table, dishes):
    served = await asyncio.gather(*(cook(f"{dish} {table}", minutes) for dish, minutes in dishes))
    print("table", table, served)

async def main():
    await asyncio.gather(waiter(1, [("soup", 2), ("fish", 4)]), waiter(2, [("soup", 2), ("cake", 6)]))

asyncio.run(main())

# %% traffic light and cars
import asyncio

async def light(green):
    for _ in range(3):
        green.clear()
        print("red")
        await asyncio.sleep(0.1)
        green.set()
        print("green")
        await asyncio.sleep(0.1)

async def car(name, green, at):
    await asyncio.sleep(at)
    await green.wait()
    print(name, "goes")

async def main():
    green = asyncio.Event()
    await asyncio.gather(light(green), car("a", green, 0.05), car("b", green, 0.15), car("c", green, 0.25))

asyncio.run(main())

# %% heartbeat until the work is done
import asyncio

async def heartbeat(done):
    while not done.is_set():
        print("beat")
        try:
            await asyncio.wait_for(done.wait(), 0.1)
        except asyncio.TimeoutError:
            pass

async def main():
    done = asyncio.Event()
    task = asyncio.create_task(heartbeat(done))
    await asyncio.sleep(0.25)
    print("work done")
    done.set()
    await task

asyncio.run(main())
