Programs about gather, wait and as_completed.

# %% order of results
import asyncio

async def square(x):
    await asyncio.sleep(0.05 * (3 - x))
    print("did", x)
    return x * x

async def main():
    print(await asyncio.gather(square(0), square(1), square(2)))

asyncio.run(main())

# %% the first error
import asyncio

async def good(n):
    await asyncio.sleep(n)
    print("good", n)
    return n

async def bad():
    await asyncio.sleep(0.1)
    raise ValueError("no")

async def main():
    try:
        await asyncio.gather(good(0.05), bad(), good(0.15))
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(0.1)

asyncio.run(main())

# %% errors as results
import asyncio

async def work(i):
    await asyncio.sleep(0.05)
    if i % 2:
        raise RuntimeError(i)
    return i

async def main():
    for result in await asyncio.gather(*(work(i) for i in range(4)), return_exceptions=True):
        print(repr(result))

asyncio.run(main())

# %% nested gathers
import asyncio

async def leaf(name, n):
    await asyncio.sleep(n * 0.05)
    print(name)
    return name

async def branch(name):
    return await asyncio.gather(leaf(name + "1", 2), leaf(name + "2", 1))

async def main():
    print(await asyncio.gather(branch("a"), branch("b"), leaf("c", 1)))

asyncio.run(main())

# %% as they complete
import asyncio

async def work(n):
    await asyncio.sleep(n * 0.05)
    return n

async def main():
    for each in asyncio.as_completed([work(3), work(1), work(2)]):
        print(await each)

asyncio.run(main())

# %% wait for the first
import asyncio

async def work(name, delay):
    await asyncio.sleep(delay)
    return name

async def main():
    tasks = [asyncio.create_task(work("slow", 0.2)), asyncio.create_task(work("fast", 0.05))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([task.result() for task in done], len(pending))
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)
    print([task.cancelled() for task in pending])

asyncio.run(main())

# %% wait with a time limit
import asyncio

async def work(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    tasks = [asyncio.create_task(work(delay)) for delay in (0.05, 0.1, 0.3)]
    done, pending = await asyncio.wait(tasks, timeout=0.2)
    print(sorted(task.result() for task in done), len(pending))

asyncio.run(main())

# %% wait for the first error
import asyncio

async def work(i):
    await asyncio.sleep(i * 0.05)
    if i == 2:
        raise KeyError(i)
    return i

async def main():
    tasks = [asyncio.create_task(work(i)) for i in range(5)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending))

asyncio.run(main())

# %% batches of three
import asyncio

async def fetch(i):
    print("fetch", i)
    await asyncio.sleep(0.05)
    return i * 10

async def main():
    urls = list(range(7))
    for start in range(0, len(urls), 3):
        print(await asyncio.gather(*map(fetch, urls[start:start + 3])))

asyncio.run(main())

# %% a gather that is cancelled
import asyncio

async def work(name):
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise

async def main():
    group = asyncio.gather(work("a"), work("b"))
    await asyncio.sleep(0.05)
    group.cancel()
    try:
        await group
    except asyncio.CancelledError:
        print("group cancelled")

asyncio.run(main())

# %% results of tasks made before
import asyncio

async def fib(n):
    await asyncio.sleep(0)
    return n if n < 2 else sum(await asyncio.gather(fib(n - 1), fib(n - 2)))

print(asyncio.run(fib(8)))

# %% a task group
# since 3.11
import asyncio

async def work(name, delay):
    await asyncio.sleep(delay)
    print(name)

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work("b", 0.1))
        group.create_task(work("a", 0.05))
        print("made")
    print("all done")

asyncio.run(main())

# %% a task group that fails
# since 3.11
import asyncio

async def fails():
    await asyncio.sleep(0.05)
    raise ValueError("one")

async def waits(name):
    try:
        await asyncio.sleep(0.1)
        print(name, "done")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise

async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits("a"))
            group.create_task(fails())
    except* ValueError as errors:
        print([str(error) for error in errors.exceptions])

asyncio.run(main())

# %% gather of a gather and a sleep that meet
import asyncio

async def nap(name, n):
    await asyncio.sleep(n * 0.05)
    print(name)

async def pair(name):
    await asyncio.gather(nap(name + "1", 1), nap(name + "2", 2))
    print(name)

async def main():
    await asyncio.gather(pair("a"), nap("b", 2), pair("c"))

asyncio.run(main())
