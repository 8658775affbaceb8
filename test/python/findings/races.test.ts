import { tellsOf } from './told';

tellsOf('races across an await', {
  'a global balance that two tasks test before either takes from it': {
    source: `import asyncio
balance = 100
async def withdraw(n):
    global balance
    if balance >= n:
        await asyncio.sleep(0.1)
        balance -= n
async def main():
    await asyncio.gather(withdraw(80), withdraw(70))
    print(balance)
asyncio.run(main())`,
    told: ['race 6'],
    says: ['withdraw(80) and withdraw(70) read balance at line 5 before either had changed it at line 7.'],
  },
  'the rest of a function after a guard, on one object that all calls are given': {
    source: `import asyncio
class Account:
    def __init__(self, balance):
        self.balance = balance
async def withdraw(account, amount):
    if account.balance < amount:
        return False
    await asyncio.sleep(0.1)
    account.balance -= amount
    return True
async def main():
    account = Account(100)
    print(await asyncio.gather(withdraw(account, 80), withdraw(account, 80)))
    print(account.balance)
asyncio.run(main())`,
    told: ['race 8'],
    says: ['read account.balance at line 6'],
  },
  'a value that is copied before the await and written back after it': {
    source: `import asyncio
counter = {"n": 0}
async def inc():
    v = counter["n"]
    await asyncio.sleep(0)
    counter["n"] = v + 1
async def main():
    await asyncio.gather(*(inc() for _ in range(10)))
    print(counter["n"])
asyncio.run(main())`,
    told: ['race 5'],
    says: ['10 tasks, ', 'The one that wrote last undid what the others had written.'],
  },
  'an await inside of +=': {
    source: `import asyncio
total = 0
async def price(n):
    await asyncio.sleep(0.1)
    return n
async def add(n):
    global total
    total += await price(n)
async def main():
    await asyncio.gather(*(add(n) for n in (1, 2, 3)))
    print(total)
asyncio.run(main())`,
    told: ['race 8'],
    says: ['read total before any of them had changed it, in the same line (8).'],
  },
  'the one object of a class': {
    source: `import asyncio
class Show:
    def __init__(self):
        self.seats = 1
    async def book(self, who):
        if self.seats > 0:
            await self.pay(who)
            self.seats -= 1
            return True
        return False
    async def pay(self, who):
        await asyncio.sleep(0.1)
show = Show()
async def main():
    print(await asyncio.gather(show.book("a"), show.book("b")), show.seats)
asyncio.run(main())`,
    told: ['race 7'],
    says: ["Show.book('a') and Show.book('b') read self.seats"],
  },
  'a connection that is made twice': {
    source: `import asyncio
_pool = None
async def connect():
    await asyncio.sleep(0.1)
    return object()
async def get_pool():
    global _pool
    if _pool is None:
        _pool = await connect()
    return _pool
async def main():
    a, b = await asyncio.gather(get_pool(), get_pool())
    print(a is b)
asyncio.run(main())`,
    told: ['race 9'],
    says: ['keep the task that computes it'],
  },
  'a variable of the function around': {
    source: `import asyncio
async def main():
    count = 0
    async def worker():
        nonlocal count
        current = count
        await asyncio.sleep(0.01)
        count = current + 1
    await asyncio.gather(*[worker() for _ in range(5)])
    print(count)
asyncio.run(main())`,
    told: ['race 7'],
  },
  'items of a dict, by an argument': {
    source: `import asyncio
balances = {"ann": 100, "bob": 0, "cid": 0}
async def transfer(src, dst, amount):
    if balances[src] < amount:
        raise ValueError("not enough")
    await asyncio.sleep(0.1)
    balances[src] -= amount
    balances[dst] += amount
async def main():
    await asyncio.gather(transfer("ann", "bob", 80), transfer("ann", "cid", 80))
    print(balances)
asyncio.run(main())`,
    told: ['race 6'],
    says: ['read balances[src] at line 4'],
  },
  'an item by a name that is computed': {
    source: `import asyncio
cache = {}
calls = 0
async def load(name):
    global calls
    calls += 1
    await asyncio.sleep(0.1)
    return name.upper()
async def get(name):
    if name not in cache:
        cache[name] = await load(name)
    return cache[name]
async def main():
    print(await asyncio.gather(get("a"), get("a"), get("b")), calls)
asyncio.run(main())`,
    told: ['race 11'],
  },
  'a constant that is set twice is a hint': {
    source: `import asyncio
ready = False
async def start(n):
    global ready
    if not ready:
        await asyncio.sleep(0.1)
        ready = True
    return n
async def main():
    await asyncio.gather(start(1), start(2))
asyncio.run(main())`,
    hints: true,
    told: ['race 6'],
  },
});

tellsOf('near misses of races', {
  'the test and the change under one lock': {
    source: `import asyncio
class Auth:
    def __init__(self):
        self.token = None
        self.lock = asyncio.Lock()
    async def get(self):
        async with self.lock:
            if self.token is None:
                await asyncio.sleep(0.1)
                self.token = "t"
        return self.token
async def main():
    a = Auth()
    print(await asyncio.gather(a.get(), a.get()))
asyncio.run(main())`,
    told: [],
  },
  'an object for each task': {
    source: `import asyncio
class Auth:
    def __init__(self):
        self.token = None
    async def get(self):
        if self.token is None:
            await asyncio.sleep(0.1)
            self.token = "t"
        return self.token
async def main():
    print(await asyncio.gather(*(Auth().get() for _ in range(3))))
asyncio.run(main())`,
    told: [],
  },
  'the change before the await': {
    source: `import asyncio
balance = 100
async def withdraw(n):
    global balance
    if balance >= n:
        balance -= n
        await asyncio.sleep(0.1)
        return True
    return False
async def main():
    print(await asyncio.gather(withdraw(80), withdraw(70)))
asyncio.run(main())`,
    told: [],
  },
  'a flag that keeps the others out': {
    source: `import asyncio
class Job:
    busy = False
    async def run(self):
        if self.busy:
            return "skipped"
        self.busy = True
        await asyncio.sleep(0.1)
        self.busy = False
        return "done"
async def main():
    job = Job()
    print(await asyncio.gather(job.run(), job.run()))
asyncio.run(main())`,
    told: [],
  },
  'one call after another': {
    source: `import asyncio
total = 0
async def add(n):
    global total
    total += await asyncio.sleep(0.1, n)
async def main():
    for n in range(3): await add(n)
    print(total)
asyncio.run(main())`,
    told: [],
  },
  'another item for each task': {
    source: `import asyncio
cache = {}
async def get(key):
    if key not in cache:
        cache[key] = await asyncio.sleep(0.1, key)
    return cache[key]
async def main():
    print(await asyncio.gather(get("a"), get("b"), get("c")))
asyncio.run(main())`,
    told: [],
  },
  'tested again after the await': {
    source: `import asyncio
conn = None
async def get():
    global conn
    if conn is None:
        new = await asyncio.sleep(0.1, object())
        if conn is None:
            conn = new
    return conn
async def main():
    print(len(set(await asyncio.gather(get(), get()))))
asyncio.run(main())`,
    told: [],
  },
  'the task itself is kept': {
    source: `import asyncio
task = None
async def load():
    await asyncio.sleep(0.1); return 1
async def get():
    global task
    if task is None:
        task = asyncio.create_task(load())
    return await task
async def main():
    print(await asyncio.gather(get(), get()))
asyncio.run(main())`,
    told: [],
  },
  'a flag that ends two loops': {
    source: `import asyncio
class W:
    def __init__(self): self.running = True; self.n = 0
    async def work(self):
        while self.running:
            await asyncio.sleep(0.1)
            self.n += 1
            if self.n > 5:
                self.running = False
async def main():
    w = W()
    await asyncio.gather(w.work(), w.work())
asyncio.run(main())`,
    told: [],
  },
  'a limiter of futures': {
    source: `import asyncio
class Limiter:
    def __init__(self, n):
        self.free = n
        self.waiters = []
    async def acquire(self):
        if self.free == 0:
            fut = asyncio.get_running_loop().create_future()
            self.waiters.append(fut)
            await fut
            return
        self.free -= 1
    def release(self):
        if self.waiters: self.waiters.pop(0).set_result(None)
        else: self.free += 1
async def use(l):
    await l.acquire()
    await asyncio.sleep(0.1)
    l.release()
async def main():
    l = Limiter(2)
    await asyncio.gather(*(use(l) for _ in range(6)))
asyncio.run(main())`,
    told: [],
  },
});

tellsOf('locks that keep nobody out', {
  'a semaphore for each call': {
    source: `import asyncio
async def fetch(n):
    sem = asyncio.Semaphore(2)
    async with sem:
        await asyncio.sleep(0.1)
        return n
async def main():
    print(await asyncio.gather(*(fetch(n) for n in range(10))))
asyncio.run(main())`,
    told: ['own-lock 3'],
    says: ['Each call of fetch() makes a semaphore of its own, sem: 10 tasks had a permit at the same time.'],
  },
  'a lock for each call': {
    source: `import asyncio
async def add(n):
    lock = asyncio.Lock()
    async with lock:
        await asyncio.sleep(n)
async def main():
    async with asyncio.timeout(9):
        await asyncio.gather(add(1), add(2))
asyncio.run(main())`,
    told: ['own-lock 3'],
    from: 11,
  },
  'near misses: one for each object, one that is passed on, calls that do not overlap': {
    source: `import asyncio
class Client:
    def __init__(self):
        self.lock = asyncio.Lock()
    async def send(self, n):
        async with self.lock:
            await asyncio.sleep(n)
async def part(limit, n):
    async with limit:
        await asyncio.sleep(n)
async def batch(n):
    limit = asyncio.Semaphore(2)
    async with limit:
        await asyncio.sleep(n)
    await asyncio.gather(*(part(limit, n) for _ in range(3)))
async def alone(n):
    lock = asyncio.Lock()
    async with lock:
        await asyncio.sleep(n)
async def main():
    await asyncio.gather(*(Client().send(1) for _ in range(3)), batch(1), batch(2))
    await alone(1)
    await alone(2)
asyncio.run(main())`,
    told: [],
  },
});
