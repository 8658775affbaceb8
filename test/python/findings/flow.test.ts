import { tellsOf } from './told';

const fetch = `import asyncio
async def fetch(name, delay):
    await asyncio.sleep(delay)
    return name
`;

tellsOf('awaits one after another', {
  'results that do not need each other': {
    source: `${fetch}
async def main():
    user = await fetch('user', 1)
    orders = await fetch('orders', 1)
    stock = await fetch('stock', 1)
    print(user, orders, stock)
asyncio.run(main())`,
    hints: true,
    told: ['sequential-awaits 7'],
    says: ["main awaits 3 calls one after another, from fetch('user', 1) on: 3 s in all, the longest 1 s."],
  },
  'the same function, for what it does': {
    source: `import asyncio
async def say(delay, what):
    await asyncio.sleep(delay)
    print(what)
async def main():
    await say(1, 'hello')
    await say(2, 'world')
asyncio.run(main())`,
    hints: true,
    told: ['sequential-awaits 6'],
  },
  'a loop that collects results, and a comprehension': {
    source: `${fetch}
async def main():
    found = []
    for each in ('a', 'b', 'c'):
        found.append(await fetch(each, 0.5))
    print(found, [await fetch(name, 0.1) for name in found])
asyncio.run(main())`,
    hints: true,
    told: ['sequential-awaits 9', 'sequential-awaits 10'],
    says: [
      'main awaits fetch(each, 0.5) once for each item, one after another: 3 times, 1.5 s in all, the longest 500 ms.',
    ],
  },
  'methods of one object that only read': {
    source: `import asyncio
class Shop:
    def __init__(self):
        self.prices = {'tea': 3, 'cup': 5}
    async def price(self, what):
        await asyncio.sleep(0.3)
        return self.prices.get(what)
    async def total(self):
        tea = await self.price('tea')
        cup = await self.price('cup')
        return tea + cup
print(asyncio.run(Shop().total()))`,
    hints: true,
    told: ['sequential-awaits 9'],
  },
  'each round of a loop': {
    source: `${fetch}
async def main():
    for _ in range(3):
        a = await fetch('a', 0.2)
        b = await fetch('b', 0.3)
        print(a, b)
        await asyncio.sleep(1)
asyncio.run(main())`,
    hints: true,
    told: ['sequential-awaits 8'],
    says: ['2 calls one after another', '500 ms in all, the longest 300 ms. (3 times)'],
  },
  'the second uses the result of the first': {
    source: `${fetch}
async def main():
    user = await fetch('user', 1)
    orders = await fetch(user, 1)
    print(orders)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'they change what others see': {
    source: `import asyncio
balance = {}
async def pay(name, amount):
    await asyncio.sleep(0.5)
    balance[name] = balance.get(name, 0) + amount
    return balance[name]
async def main():
    first = await pay('a', 1)
    second = await pay('a', 2)
    print(first, second)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'steps that are made for what they do': {
    source: `import asyncio
async def connect():
    await asyncio.sleep(0.5)
    print('connected')
async def greet():
    await asyncio.sleep(0.5)
    print('hello')
async def main():
    await connect()
    await greet()
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'they take items from one queue': {
    source: `import asyncio
async def take(queue):
    await asyncio.sleep(0.2)
    return await queue.get()
async def main():
    queue = asyncio.Queue()
    for n in range(4):
        queue.put_nowait(n)
    first = await take(queue)
    second = await take(queue)
    print(first, second)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'attempts, of which the next is made only when one failed': {
    source: `import asyncio
async def attempt(n):
    await asyncio.sleep(0.2)
    if n < 2:
        raise OSError(n)
    return n
async def main():
    for n in range(5):
        try:
            print(await attempt(n))
            return
        except OSError:
            await asyncio.sleep(0.1 * 2 ** n)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'under a lock, one at a time': {
    source: `${fetch}
async def main():
    lock = asyncio.Lock()
    async with lock:
        a = await fetch('a', 0.2)
        b = await fetch('b', 0.2)
    print(a, b)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'nothing in them has to wait': {
    source: `import asyncio
async def double(n):
    return 2 * n
async def main():
    a = await double(1)
    b = await double(2)
    print(a, b)
    await asyncio.sleep(1)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'together already': {
    source: `${fetch}
async def main():
    a, b = await asyncio.gather(fetch('a', 1), fetch('b', 1))
    print(a, b)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});

tellsOf('tasks awaited at once', {
  'in one line, and in the next': {
    source: `${fetch}
async def main():
    await asyncio.create_task(fetch('a', 1))
    task = asyncio.create_task(fetch('b', 1))
    print(await task)
asyncio.run(main())`,
    hints: true,
    told: ['awaited-at-once 7', 'awaited-at-once 9'],
    says: ["The task of fetch('a', 1) is awaited as soon as it is created."],
  },
  'in a loop': {
    source: `${fetch}
async def main():
    for n in range(3):
        task = asyncio.create_task(fetch(n, 1))
        await task
asyncio.run(main())`,
    hints: true,
    told: ['awaited-at-once 9'],
    says: ['The tasks of fetch(n, 1) are awaited as soon as they are created (3 times).'],
  },
  'two tasks are created before the first is awaited': {
    source: `${fetch}
async def main():
    a = asyncio.create_task(fetch('a', 1))
    b = asyncio.create_task(fetch('b', 1))
    print(await a)
    print(await b)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'somebody else can cancel it': {
    source: `${fetch}
class Job:
    task = None
    async def run(self):
        self.task = asyncio.create_task(fetch('a', 1))
        await self.task
async def main():
    job = Job()
    running = asyncio.create_task(job.run())
    await asyncio.sleep(0.5)
    job.task.cancel()
    await asyncio.wait([running])
asyncio.run(main())`,
    hints: true,
    told: ['cancelled 10', 'cancelled 3'],
  },
  'it is asked afterwards how it ended': {
    source: `${fetch}
async def main():
    task = asyncio.create_task(fetch('a', 1))
    await task
    print(task.done())
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});

tellsOf('busy polling', {
  'a flag': {
    source: `import asyncio
done = False
async def work():
    global done
    await asyncio.sleep(1)
    done = True
async def main():
    task = asyncio.create_task(work())
    while not done:
        await asyncio.sleep(0.01)
    await task
asyncio.run(main())`,
    hints: true,
    told: ['busy-poll 10'],
    says: ['to test not done.', 'a change is seen up to 10 ms late'],
  },
  'an attribute, with a break': {
    source: `import asyncio
class Server:
    started = False
    async def start(self):
        await asyncio.sleep(0.5)
        self.started = True
async def main():
    server = Server()
    task = asyncio.create_task(server.start())
    while True:
        if server.started:
            break
        await asyncio.sleep(0.02)
    await task
asyncio.run(main())`,
    hints: true,
    told: ['busy-poll 13'],
  },
  'the end of a task, without any sleep': {
    source: `import asyncio
async def main():
    task = asyncio.create_task(asyncio.sleep(0.04))
    while not task.done():
        await asyncio.sleep(0)
asyncio.run(main())`,
    hints: true,
    told: ['busy-poll 5'],
    says: ['to test not task.done().'],
  },
  'a file, of which nobody tells': {
    source: `import asyncio, os
async def main():
    rounds = [None] * 20
    while not os.path.exists('/nonexistent') and rounds.pop() is None and len(rounds) > 1:
        await asyncio.sleep(0.01)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a heartbeat has something to do in each round': {
    source: `import asyncio
running = True
beats = 0
async def heartbeat():
    global beats
    while running:
        beats += 1
        await asyncio.sleep(0.05)
async def main():
    global running
    task = asyncio.create_task(heartbeat())
    await asyncio.sleep(2)
    running = False
    await task
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a look every second': {
    source: `import asyncio
done = False
async def work():
    global done
    await asyncio.sleep(30)
    done = True
async def main():
    task = asyncio.create_task(work())
    while not done:
        await asyncio.sleep(1)
    await task
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});

tellsOf('queues for a lock', {
  'each holds it while it waits': {
    source: `import asyncio
async def save(lock, n):
    async with lock:
        await write(n)
async def write(n):
    await asyncio.sleep(0.2)
async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(save(lock, n) for n in range(10)))
asyncio.run(main())`,
    hints: true,
    told: ['convoy 3'],
    says: [
      '9 tasks queued for lock, up to 9 at a time: each holds it while it waits at line 6.',
      'Those in the queue waited 9 s in all, the longest 1.8 s.',
    ],
  },
  'and so with a semaphore of one': {
    source: `import asyncio
async def ask(limit, n):
    async with limit:
        await asyncio.sleep(0.2)
    return n
async def main():
    limit = asyncio.Semaphore(1)
    print(await asyncio.gather(*(ask(limit, n) for n in range(5))))
asyncio.run(main())`,
    hints: true,
    told: ['convoy 3'],
  },
  'a semaphore that lets three in limits, as it should': {
    source: `import asyncio
async def ask(limit, n):
    async with limit:
        await asyncio.sleep(0.2)
    return n
async def main():
    limit = asyncio.Semaphore(3)
    print(await asyncio.gather(*(ask(limit, n) for n in range(9))))
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'one fills a cache, the others find it there': {
    source: `import asyncio
cache = {}
async def get(lock, key):
    async with lock:
        if key not in cache:
            await asyncio.sleep(1)
            cache[key] = key
    return cache[key]
async def main():
    lock = asyncio.Lock()
    print(await asyncio.gather(*(get(lock, 'k') for _ in range(8))))
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a rate limit: the work comes after the lock': {
    source: `import asyncio
async def call(lock, n):
    async with lock:
        await asyncio.sleep(0.1)
    await asyncio.sleep(1)
    return n
async def main():
    lock = asyncio.Lock()
    print(await asyncio.gather(*(call(lock, n) for n in range(8))))
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'held for no time': {
    source: `import asyncio
async def count(lock, seen, n):
    for _ in range(5):
        async with lock:
            seen.append(n)
            await asyncio.sleep(0)
        await asyncio.sleep(0.1)
async def main():
    lock, seen = asyncio.Lock(), []
    await asyncio.gather(*(count(lock, seen, n) for n in range(5)))
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});

// What recording so many tasks takes is not blamed on the program, least of all before 3.12.
tellsOf('tasks without a limit', {
  'one for each of very many items': {
    source: `${fetch}
async def main():
    await asyncio.gather(*[fetch(n, 1) for n in range(600)])
asyncio.run(main())`,
    hints: true,
    told: ['unbounded-fan-out 7'],
    says: ['created 600 tasks at line 7, and 600 of them waited at the same time.'],
  },
  'a semaphore limits them': {
    source: `${fetch}
async def limited(limit, n):
    async with limit:
        return await fetch(n, 0.01)
async def main():
    limit = asyncio.Semaphore(10)
    await asyncio.gather(*[limited(limit, n) for n in range(600)])
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'workers take items from a queue': {
    source: `${fetch}
async def worker(queue):
    while not queue.empty():
        await fetch(queue.get_nowait(), 0.01)
async def main():
    queue = asyncio.Queue()
    for n in range(600):
        queue.put_nowait(n)
    await asyncio.gather(*[worker(queue) for _ in range(10)])
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a step that creates many and then computes blocks the loop': {
    source: `import time
${fetch}
async def main():
    tasks = [asyncio.ensure_future(fetch(n, 1)) for n in range(600)]
    time.sleep(0.15)
    await asyncio.wait(tasks)
asyncio.run(main())`,
    told: ['blocking 9'],
  },
});
