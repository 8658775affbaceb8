Programs about sleeping, one after another and side by side.

# %% one after another
import asyncio

async def say(delay, what):
    await asyncio.sleep(delay)
    print(what)

async def main():
    print("begin")
    await say(0.1, "hello")
    await say(0.2, "world")
    print("end")

asyncio.run(main())

# %% side by side with tasks
import asyncio

async def say(delay, what):
    await asyncio.sleep(delay)
    print(what)

async def main():
    one = asyncio.create_task(say(0.1, "hello"))
    two = asyncio.create_task(say(0.2, "world"))
    print("begin")
    await one
    await two
    print("end")

asyncio.run(main())

# %% many equal sleeps keep their order
import asyncio

async def job(i):
    await asyncio.sleep(0.1)
    print(i, end=" ")

async def main():
    await asyncio.gather(*(job(i) for i in range(40)))

asyncio.run(main())

# %% falling delays
import asyncio

async def job(i):
    await asyncio.sleep((5 - i) * 0.05)
    print(i)
    return i

async def main():
    print(await asyncio.gather(*(job(i) for i in range(5))))

asyncio.run(main())

# %% two groups that meet
import asyncio

async def count(i):
    await asyncio.sleep(i * 0.1)
    print(i)

async def main():
    await asyncio.gather(*(count(i) for i in range(1, 4)))
    print("main end")

async def main2():
    await asyncio.sleep(0.2)
    print("main2 end")

async def both():
    await asyncio.gather(main(), main2())

asyncio.run(both())

# %% sums of tenths meet a whole
import asyncio

async def chain():
    for _ in range(10):
        await asyncio.sleep(0.05)
    print("ten steps")

async def once():
    await asyncio.sleep(0.5)
    print("one step")

async def main():
    await asyncio.gather(chain(), once())

asyncio.run(main())

# %% thirds meet a whole
import asyncio

async def chain():
    for _ in range(3):
        await asyncio.sleep(0.1 / 3)
    print("thirds")

async def once():
    await asyncio.sleep(0.1)
    print("whole")

async def main():
    await asyncio.gather(once(), chain())

asyncio.run(main())

# %% a result after a sleep
import asyncio

async def late(value):
    return await asyncio.sleep(0.05, result=value)

print(asyncio.run(late(42)))

# %% sleep nothing lets others run
import asyncio

async def polite(name):
    for i in range(3):
        print(name, i)
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(polite("a"), polite("b"), polite("c"))

asyncio.run(main())

# %% sort by sleeping
import asyncio

async def put(value, out):
    await asyncio.sleep(value / 50)
    out.append(value)

async def main():
    out = []
    await asyncio.gather(*(put(value, out) for value in [5, 3, 9, 1, 7]))
    print(out)

asyncio.run(main())

# %% a ticker beside main
import asyncio

async def periodic():
    while True:
        print("> runs")
        await asyncio.sleep(0.1)

async def main():
    task = asyncio.create_task(periodic())
    await asyncio.sleep(0.3)
    print("done")

asyncio.run(main())

# %% two tickers, one twice as fast
import asyncio

async def tick(name, every, times):
    for i in range(times):
        await asyncio.sleep(every)
        print(name, i)

async def main():
    await asyncio.gather(tick("slow", 0.1, 3), tick("fast", 0.04, 6))

asyncio.run(main())

# %% a sleeping child and its parent, beside another
import asyncio

async def child():
    await asyncio.sleep(0.1)
    print("child")

async def parent():
    await child()
    print("parent")

async def other():
    await asyncio.sleep(0.15)
    print("other")

async def main():
    await asyncio.gather(parent(), other())

asyncio.run(main())

# %% the forgotten await of sleep
import asyncio, warnings
warnings.simplefilter("ignore")

async def main():
    asyncio.sleep(10)
    print("no wait at all")

asyncio.run(main())

# %% blocking sleep stops all
import asyncio, time

async def bad():
    print("bad begins")
    time.sleep(0.2)
    print("bad ends")

async def good():
    for i in range(3):
        print("good", i)
        await asyncio.sleep(0.05)

async def main():
    await asyncio.gather(good(), bad())

asyncio.run(main())

# %% late timers after a block fire by their times
import asyncio, time

async def at(delay):
    await asyncio.sleep(delay)
    print("at", delay)

async def main():
    tasks = [asyncio.create_task(at(delay)) for delay in (0.15, 0.05, 0.1)]
    await asyncio.sleep(0)
    time.sleep(0.2)
    print("blocked")
    await asyncio.gather(*tasks)

asyncio.run(main())
