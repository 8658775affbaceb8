Programs that look at clocks, and that wait for them.

# %% how long it took
import asyncio, time

async def main():
    start = time.perf_counter()
    await asyncio.gather(asyncio.sleep(0.2), asyncio.sleep(0.1))
    print(f"{time.perf_counter() - start:.1f}")

asyncio.run(main())

# %% all clocks agree
import asyncio, datetime, time

async def main():
    loop = asyncio.get_running_loop()
    clocks = [time.time, time.monotonic, time.perf_counter, loop.time, lambda: datetime.datetime.now().timestamp(),
              lambda: datetime.datetime.now(datetime.timezone.utc).timestamp(), lambda: time.monotonic_ns() / 1e9,
              lambda: time.clock_gettime(time.CLOCK_REALTIME), lambda: time.time_ns() / 1e9]
    before = [clock() for clock in clocks]
    await asyncio.sleep(0.3)
    print([round(clock() - each, 1) for clock, each in zip(clocks, before)])

asyncio.run(main())

# %% one date everywhere
import asyncio, datetime, time

async def main():
    now = datetime.datetime.now()
    print(time.strftime("%Y-%m-%d") == now.strftime("%Y-%m-%d") == str(datetime.date.today()))
    print(abs(now.timestamp() - time.time()) < 1, time.localtime().tm_year == now.year, time.ctime()[-4:] == str(now.year))
    print(datetime.datetime.today().date() == datetime.date.today(), time.gmtime().tm_year == datetime.datetime.now(datetime.timezone.utc).year)

asyncio.run(main())

# %% types of dates are as ever
import datetime, pickle

class Stamp(datetime.datetime):
    pass

now = datetime.datetime.now()
print(type(now), type(now) is datetime.datetime, isinstance(now, datetime.date), repr(now)[:18])
print(type(Stamp.now()), pickle.loads(pickle.dumps(now)) == now, now - now == datetime.timedelta(), datetime.datetime.__name__)
print(datetime.datetime(2024, 2, 29) + datetime.timedelta(days=1), datetime.datetime.fromisoformat("2024-01-02T03:04:05"))
try:
    datetime.datetime.now("nowhere")
except TypeError as error:
    print(error)

# %% a date taken by name
from datetime import datetime, timedelta
import asyncio

async def main():
    start = datetime.now()
    await asyncio.sleep(0.2)
    passed = datetime.now() - start
    print(timedelta(seconds=0.2) <= passed < timedelta(seconds=0.3))

asyncio.run(main())

# %% the docs' display_date
import asyncio, datetime

async def display_date():
    loop = asyncio.get_running_loop()
    end_time = loop.time() + 0.5
    while True:
        print("tick")
        if (loop.time() + 0.1) >= end_time:
            break
        await asyncio.sleep(0.1)

asyncio.run(display_date())

# %% the docs' call_later
import asyncio

def display(end_time, loop):
    print("tick")
    if (loop.time() + 0.1) < end_time:
        loop.call_later(0.1, display, end_time, loop)
    else:
        loop.stop()

loop = asyncio.new_event_loop()
loop.call_soon(display, loop.time() + 0.5, loop)
try:
    loop.run_forever()
finally:
    loop.close()

# %% poll until a deadline
import asyncio, time

async def main():
    end = time.time() + 0.2
    n = 0
    while time.time() < end:
        n += 1
        await asyncio.sleep(0)
    print("looped", n > 100)

asyncio.run(main())

# %% poll a flag
import asyncio

done = False

async def worker():
    global done
    await asyncio.sleep(0.05)
    done = True
    print("worker done")

async def main():
    task = asyncio.create_task(worker())
    while not done:
        await asyncio.sleep(0)
    print("seen")
    await task

asyncio.run(main())

# %% a home-made sleep
import asyncio, time

class Yield:
    def __await__(self):
        yield

async def sleep(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await Yield()

async def job(name, seconds):
    await sleep(seconds)
    print(name)

async def main():
    await asyncio.gather(job("slow", 0.15), job("fast", 0.05))

asyncio.run(main())

# %% a spinning wait blocks
import asyncio, time

def spin(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass

async def ticks():
    for i in range(3):
        print("tick", i)
        await asyncio.sleep(0.05)

async def main():
    start = time.perf_counter()
    task = asyncio.create_task(ticks())
    await asyncio.sleep(0)
    spin(0.2)
    print("spun", round(time.perf_counter() - start, 1))
    await task

asyncio.run(main())

# %% a sleep beside many yields
import asyncio

async def tiny():
    await asyncio.sleep(0.001)
    print("tiny")

async def yields():
    for _ in range(20000):
        await asyncio.sleep(0)
    print("yields")

async def main():
    await asyncio.gather(tiny(), yields())

asyncio.run(main())

# %% beats beside work in pieces
import asyncio

async def work():
    total = 0
    for _ in range(60):
        for j in range(100_000):
            total += j
        await asyncio.sleep(0)
    print("work done")

async def beats():
    for i in range(4):
        print("beat", i)
        await asyncio.sleep(0.02)

async def main():
    await asyncio.gather(work(), beats())

asyncio.run(main())

# %% a timer as a context
import asyncio, time

class Timer:
    started = None

    def __enter__(self):
        self.started = time.perf_counter()
        return self

    def __exit__(self, *error):
        if not self.started:
            raise RuntimeError("not started")
        print(f"{time.perf_counter() - self.started:.2f}"[:3])

async def main():
    with Timer():
        await asyncio.sleep(0.3)

asyncio.run(main())

# %% a decorator that measures
import asyncio, functools, time

def timed(function):
    @functools.wraps(function)
    async def wrapper(*args):
        start = time.time()
        try:
            return await function(*args)
        finally:
            print(function.__name__, round(time.time() - start, 1))
    return wrapper

@timed
async def work(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    print(await asyncio.gather(work(0.1), work(0.3)))

asyncio.run(main())

# %% so many a second
import asyncio, time

async def work(i):
    await asyncio.sleep(0)
    return i

async def main():
    start = time.perf_counter()
    results = await asyncio.gather(*(work(i) for i in range(100)))
    elapsed = time.perf_counter() - start
    print(len(results) / elapsed > 100)

asyncio.run(main())

# %% a cache that expires
import asyncio, time

class Cache:
    def __init__(self, life):
        self.life, self.kept = life, {}

    async def get(self, key):
        at, value = self.kept.get(key, (0, None))
        if time.monotonic() - at < self.life:
            return "cached", value
        await asyncio.sleep(0.02)
        self.kept[key] = time.monotonic(), key * 2
        return "fetched", key * 2

async def main():
    cache = Cache(0.1)
    for pause in (0, 0.05, 0.1, 0):
        await asyncio.sleep(pause)
        print(await cache.get(21))

asyncio.run(main())

# %% a ticker that does not drift
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    for i in range(1, 5):
        await asyncio.sleep(start + i * 0.1 - loop.time())
        print(round(loop.time() - start, 1))

asyncio.run(main())

# %% never short of what was slept
import asyncio, time

async def main():
    loop = asyncio.get_running_loop()
    clocks = [time.monotonic, time.perf_counter, loop.time]
    for delay in (0.001, 0.01, 0.1, 1 / 30):
        before = [clock() for clock in clocks]
        await asyncio.sleep(delay)
        print([clock() - each >= delay for clock, each in zip(clocks, before)])

asyncio.run(main())

# %% log records tell the time
import asyncio, io, logging

async def main():
    stream = io.StringIO()
    logging.basicConfig(stream=stream, level=logging.INFO, format="%(relativeCreated)d %(message)s")
    logging.info("a")
    await asyncio.sleep(0.3)
    logging.info("b")
    first, second = (int(line.split()[0]) for line in stream.getvalue().splitlines())
    print(round((second - first) / 100))

asyncio.run(main())

# %% timeit
import asyncio, timeit

async def main():
    start = timeit.default_timer()
    await asyncio.sleep(0.2)
    print(round(timeit.default_timer() - start, 1))

asyncio.run(main())

# %% a scheduler of the standard library
import sched, time

scheduler = sched.scheduler(time.monotonic, time.sleep)
start = time.monotonic()
for delay in (0.2, 0.1):
    scheduler.enter(delay, 1, lambda: print(round(time.monotonic() - start, 1)))
scheduler.run()
