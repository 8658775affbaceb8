Programs as courses and answers have them: queues, schedules, retries.

# %% workers that sleep, until the queue is joined
import asyncio, time
async def worker(name, q):
    while True:
        d = await q.get()
        await asyncio.sleep(d)
        q.task_done()
        print(f"{name} has slept for {d:.2f} seconds")
async def main():
    q = asyncio.Queue()
    total = 0
    for d in (0.07, 0.2, 0.13, 0.31, 0.05, 0.11):
        total += d; q.put_nowait(d)
    tasks = [asyncio.create_task(worker(f"worker-{i}", q)) for i in range(3)]
    t = time.monotonic()
    await q.join()
    print(f"{time.monotonic()-t:.1f}")
    for t in tasks: t.cancel()
    r = await asyncio.gather(*tasks, return_exceptions=True)
    print([type(x).__name__ for x in r], f"{total:.2f}")
asyncio.run(main())

# %% a full queue and a time limit
import asyncio
async def main():
    q = asyncio.LifoQueue(maxsize=2)
    q.put_nowait(1); q.put_nowait(2)
    try: q.put_nowait(3)
    except asyncio.QueueFull as e: print("full", repr(e))
    try:
        await asyncio.wait_for(q.put(4), 0.2)
    except asyncio.TimeoutError as e: print("timeout", type(e).__name__)
    print(await q.get(), await q.get())
    try: q.get_nowait()
    except asyncio.QueueEmpty as e: print("empty", repr(e))
    try: q.task_done(); q.task_done(); q.task_done()
    except ValueError as e: print(e)
asyncio.run(main())

# %% tries with growing pauses
import asyncio, random
random.seed(1)
async def flaky(state):
    state["n"] += 1; await asyncio.sleep(0.05)
    if state["n"] < 4: raise ConnectionError(f"try {state['n']}")
    return "ok"
async def retry(f, *a, tries=5):
    for i in range(tries):
        try: return await f(*a)
        except ConnectionError as e:
            d = 0.1 * 2 ** i; print(e, "wait", d); await asyncio.sleep(d)
async def main(): print(await retry(flaky, {"n": 0}))
asyncio.run(main())

# %% two schedules by the loop clock
import asyncio
async def every(sec, f, n):
    loop = asyncio.get_running_loop(); t0 = loop.time()
    for i in range(n):
        f(i, round(loop.time() - t0, 2)); await asyncio.sleep(t0 + (i + 1) * sec - loop.time())
async def main(): await asyncio.gather(every(0.1, lambda *a: print("a", *a), 4), every(0.15, lambda *a: print("b", *a), 3))
asyncio.run(main())

# %% messages to several queues
import asyncio
class Bus:
    def __init__(self): self.subs = {}
    def sub(self, t): q = asyncio.Queue(); self.subs.setdefault(t, []).append(q); return q
    async def pub(self, t, m):
        for q in self.subs.get(t, []): await q.put(m)
async def listen(n, q):
    while (m := await q.get()) is not None: print(n, m); await asyncio.sleep(0.03 * (1 + len(n)))
async def main():
    b = Bus(); ts = [asyncio.create_task(listen(n, b.sub("x"))) for n in ("a", "bb")]
    for i in range(3): await b.pub("x", i); await asyncio.sleep(0.04)
    await b.pub("x", None); await asyncio.gather(*ts)
asyncio.run(main())

# %% workers that stop at an event
import asyncio
async def worker(n, stop):
    while not stop.is_set():
        try: await asyncio.wait_for(stop.wait(), 0.1 + n / 100)
        except asyncio.TimeoutError: print("work", n)
    print("stopped", n)
async def main():
    stop = asyncio.Event(); ts = [asyncio.create_task(worker(n, stop)) for n in range(2)]
    await asyncio.sleep(0.35); stop.set(); await asyncio.gather(*ts)
asyncio.run(main())

# %% a cancellation with a message, through two coroutines
import asyncio
async def inner():
    try: await asyncio.sleep(10)
    except asyncio.CancelledError as e: print("inner", e.args); await asyncio.sleep(0.1); print("inner cleaned"); raise
async def outer():
    try: await inner()
    except asyncio.CancelledError: print("outer"); raise
async def main():
    t = asyncio.create_task(outer()); await asyncio.sleep(0.1); t.cancel("stop it")
    try: await t
    except asyncio.CancelledError as e: print("main", t.cancelled())
    async def stubborn():
        try: await asyncio.sleep(1)
        except asyncio.CancelledError: print("ignored"); return "kept"
    t = asyncio.create_task(stubborn()); await asyncio.sleep(0); t.cancel(); print(await t)
asyncio.run(main())

# %% a lock whose second waiter is cancelled
import asyncio
lock = None
async def crit(n):
    print("want", n)
    async with lock: print("have", n); await asyncio.sleep(0.1)
    print("left", n)
async def main():
    global lock; lock = asyncio.Lock()
    ts = [asyncio.create_task(crit(n)) for n in range(3)]; await asyncio.sleep(0.05); ts[1].cancel()
    print([type(r).__name__ for r in await asyncio.gather(*ts, return_exceptions=True)], lock.locked())
    try: lock.release()
    except RuntimeError as e: print(e)
asyncio.run(main())

# %% callbacks of tasks, in order
import asyncio, functools
async def f(n): await asyncio.sleep(n / 10); return n
def cb(tag, t): print(tag, t.get_name(), t.result())
async def main():
    ts = [asyncio.create_task(f(n), name=f"t{n}") for n in (2, 1)]
    for t in ts:
        t.add_done_callback(functools.partial(cb, "x")); t.add_done_callback(functools.partial(cb, "y"))
    ts[0].remove_done_callback(cb)
    await asyncio.wait(ts); print("waited"); await asyncio.sleep(0)
    ts[0].add_done_callback(functools.partial(cb, "late")); print("added"); await asyncio.sleep(0)
asyncio.run(main())

# %% a loop that is stopped and goes on
import asyncio
async def job(n): await asyncio.sleep(n); return n
loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop)
try:
    print(loop.run_until_complete(asyncio.gather(job(0.2), job(0.1)) if False else job(0.1)))
    t = loop.create_task(job(0.3)); loop.call_later(0.1, loop.stop); loop.run_forever(); print(t.done())
    loop.run_until_complete(t); print(t.result())
    loop.run_until_complete(loop.shutdown_asyncgens())
finally: loop.close()

# %% objects with __await__
import asyncio
class Delay:
    def __init__(self, s): self.s = s
    def __await__(self):
        print("await", self.s); yield from asyncio.sleep(self.s).__await__(); return self.s * 2
class Twice:
    def __await__(self):
        yield; print("one"); yield; print("two"); return "done"
async def other():
    for i in range(3): print("other", i); await asyncio.sleep(0)
async def main():
    print(await Delay(0.1)); print(await asyncio.gather(other(), asyncio.ensure_future(Twice())))
    f = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.1, f.set_result, 42); print(await f, await f)
asyncio.run(main())

# %% calls at times, and one that sets the next
import asyncio
def tick(n): print("tick", n)
async def main():
    loop = asyncio.get_running_loop(); t = loop.time()
    loop.call_at(t + 0.3, tick, "at .3"); loop.call_later(0.1, tick, "later .1")
    h = loop.call_later(0.2, tick, "never"); loop.call_soon(tick, "soon"); h.cancel(); print(h.cancelled(), h.when() > t)
    def again(n):
        tick(n)
        if n: loop.call_later(0.1, again, n - 1)
    again(3)
    await asyncio.sleep(0.5); print(round(loop.time() - t, 1))
asyncio.run(main())

# %% managers that are entered on a stack
import asyncio
from contextlib import asynccontextmanager, AsyncExitStack
@asynccontextmanager
async def res(name, d=0.1):
    await asyncio.sleep(d); print("open", name)
    try: yield name
    except ValueError as e: print(name, "saw", e); raise
    finally: await asyncio.sleep(d); print("close", name)
async def main():
    async with res("a") as a, res("b") as b: print(a, b)
    try:
        async with AsyncExitStack() as st:
            for n in "xyz": await st.enter_async_context(res(n, 0.05))
            st.push_async_callback(asyncio.sleep, 0.1)
            raise ValueError("oops")
    except ValueError as e: print("out", e)
asyncio.run(main())

# %% an async generator that is sent and thrown things
import asyncio
async def g():
    while True:
        try:
            x = yield "value"; print("sent", x)
        except ValueError as e:
            print("caught", e); await asyncio.sleep(0.1); yield "after"
async def main():
    a = g()
    print(await a.__anext__(), await a.asend(5), await a.athrow(ValueError("boom")))
    await a.aclose()
asyncio.run(main())

# %% calls with a gap between them
import asyncio, time
class Bucket:
    def __init__(self, rate): self.gap, self.next = 1 / rate, time.monotonic()
    async def __aenter__(self):
        now = time.monotonic(); self.next = max(self.next, now); wait = self.next - now; self.next += self.gap
        if wait > 0: await asyncio.sleep(wait)
    async def __aexit__(self, *a): pass
async def call(b, i, t0):
    async with b: print(i, round(time.monotonic() - t0, 1))
async def main():
    b = Bucket(10); t0 = time.monotonic(); await asyncio.gather(*(call(b, i, t0) for i in range(5)))
asyncio.run(main())
