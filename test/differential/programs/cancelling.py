Programs about cancelling and time limits.

# %% cancel a task
import asyncio

async def work():
    try:
        print("working")
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    finally:
        print("cleaned up")

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    print(task.cancel())
    try:
        await task
    except asyncio.CancelledError:
        print("main saw it", task.cancelled())

asyncio.run(main())

# %% cancel before it begins
import asyncio

async def work():
    print("never")

async def main():
    task = asyncio.create_task(work())
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled before it began")

asyncio.run(main())

# %% cancel where a sleep ends
import asyncio

async def nap(n):
    await asyncio.sleep(0.1)
    print(n, "woke")

async def pair(n):
    task = asyncio.create_task(nap(n))
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
        print(n, "was done")
    except asyncio.CancelledError:
        print(n, "cancelled")

async def main():
    await asyncio.gather(*(pair(n) for n in "ABCDEFGH"))

asyncio.run(main())

# %% refuse to be cancelled
import asyncio

async def stubborn():
    for i in range(3):
        try:
            await asyncio.sleep(0.1)
            print("slept", i)
        except asyncio.CancelledError:
            print("not now")

async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0.05)
    task.cancel()
    await task

asyncio.run(main())

# %% cleaning up takes time
import asyncio

async def work():
    try:
        await asyncio.sleep(1)
    finally:
        await asyncio.sleep(0.1)
        print("cleaned")

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    print("end")

asyncio.run(main())

# %% wait_for in time
import asyncio

async def work():
    await asyncio.sleep(0.05)
    return "in time"

async def main():
    print(await asyncio.wait_for(work(), 0.2))

asyncio.run(main())

# %% wait_for too late
import asyncio

async def work():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("cut short")
        raise

async def main():
    try:
        await asyncio.wait_for(work(), 0.05)
    except asyncio.TimeoutError:
        print("too late")

asyncio.run(main())

# %% wait_for that meets its sleep
import asyncio

async def main():
    try:
        await asyncio.wait_for(asyncio.sleep(0.1), 0.1)
        print("in time")
    except asyncio.TimeoutError:
        print("too late")

asyncio.run(main())

# %% wait_for nothing
import asyncio

async def main():
    try:
        await asyncio.wait_for(asyncio.sleep(1), 0)
    except asyncio.TimeoutError:
        print("at once")

asyncio.run(main())

# %% shield
import asyncio

async def save():
    await asyncio.sleep(0.1)
    print("saved")

async def main():
    task = asyncio.create_task(save())
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.05)
    except asyncio.TimeoutError:
        print("gave up, but it goes on")
    await task

asyncio.run(main())

# %% retries with growing pauses
import asyncio

attempts = 0

async def flaky():
    global attempts
    attempts += 1
    await asyncio.sleep(0.02)
    if attempts < 4:
        raise ConnectionError(attempts)
    return "ok"

async def main():
    delay = 0.02
    while True:
        try:
            print(await flaky())
            return
        except ConnectionError as error:
            print("failed", error)
            await asyncio.sleep(delay)
            delay *= 2

asyncio.run(main())

# %% asyncio.timeout
# since 3.11
import asyncio

async def main():
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(1)
    except TimeoutError:
        print("over")
    async with asyncio.timeout(0.1) as limit:
        await asyncio.sleep(0.05)
        limit.reschedule(asyncio.get_running_loop().time() + 0.1)
        await asyncio.sleep(0.08)
    print("in time", limit.expired())

asyncio.run(main())

# %% nested time limits
# since 3.11
import asyncio

async def main():
    try:
        async with asyncio.timeout(0.05):
            try:
                async with asyncio.timeout(0.2):
                    await asyncio.sleep(1)
            except TimeoutError:
                print("inner")
    except TimeoutError:
        print("outer")

asyncio.run(main())

# %% equal time limits
# since 3.11
import asyncio

async def limited(name):
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(0.1)
            print(name, "slept")
    except TimeoutError:
        print(name, "over")

async def main():
    await asyncio.gather(*(limited(name) for name in "abcd"))

asyncio.run(main())

# %% run cancels what is left
import asyncio

async def left(name):
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, "cancelled at the end")
        raise

async def main():
    main.tasks = [asyncio.create_task(left("one")), ]
    await asyncio.sleep(0.05)
    print("main ends")

asyncio.run(main())

# %% the race
import asyncio

async def runner(name, delay):
    await asyncio.sleep(delay)
    return name

async def race(*coros):
    tasks = [asyncio.ensure_future(coro) for coro in coros]
    try:
        for first in asyncio.as_completed(tasks):
            return await first
    finally:
        for task in tasks:
            task.cancel()

print(asyncio.run(race(runner("a", 0.15), runner("b", 0.05), runner("c", 0.1))))

# %% watchdog
import asyncio

class Watchdog:
    def __init__(self, limit):
        self.limit = limit
        self.timer = None

    def feed(self):
        if self.timer:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_later(self.limit, print, "starved")

async def main():
    dog = Watchdog(0.1)
    for delay in (0.05, 0.05, 0.2, 0.05):
        dog.feed()
        await asyncio.sleep(delay)
        print("tick", delay)
    dog.timer.cancel()

asyncio.run(main())

# %% debounce
import asyncio

class Debounce:
    def __init__(self, delay):
        self.delay = delay
        self.task = None

    def __call__(self, value):
        if self.task:
            self.task.cancel()
        self.task = asyncio.create_task(self.later(value))

    async def later(self, value):
        await asyncio.sleep(self.delay)
        print("settled on", value)

async def main():
    typed = Debounce(0.08)
    for value in "abc":
        typed(value)
        await asyncio.sleep(0.04)
    await asyncio.sleep(0.15)
    typed("d")
    await asyncio.sleep(0.15)

asyncio.run(main())
