import { tellsOf } from './told';

tellsOf('waits for what is outside, at a limit', {
  'a process whose output nobody reads': {
    source: `import asyncio, sys
async def main():
    proc = await asyncio.create_subprocess_exec(sys.executable, '-c', 'import sys; sys.stdout.write("x"*1000000)', stdout=asyncio.subprocess.PIPE)
    await proc.wait()
    data = await proc.stdout.read()
    print(len(data))
asyncio.run(main())`,
    told: ['waiting-outside 4'],
    says: ['Write out, err = await process.communicate()'],
    interpreterOnly: true,
    wall: 6,
  },
  'a job that no thread is free to run': {
    source: `import asyncio, threading
from concurrent.futures import ThreadPoolExecutor
ev = threading.Event()
def wait(): return ev.wait()
def release(): ev.set(); return 'set'
async def main():
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(2))
    a = asyncio.gather(asyncio.to_thread(wait), asyncio.to_thread(wait), asyncio.to_thread(release))
    print(await a)
asyncio.run(main())`,
    told: ['waiting-outside 9'],
    says: ['still waited at line 9 for release(), which no thread was free to run.', 'busy with wait()'],
    interpreterOnly: true,
    wall: 6,
  },
  "the result of a coroutine of the loop's own, in its thread": {
    source: `import asyncio, threading
async def get(): return 1
class Api:
    def __init__(self, loop): self.loop = loop
    def value(self):
        return asyncio.run_coroutine_threadsafe(get(), self.loop).result()
async def main():
    api = Api(asyncio.get_running_loop())
    await asyncio.sleep(0)
    print(api.value())
asyncio.run(main())`,
    told: ['blocking 6'],
    says: ['It waits for another result in the thread of the event loop.'],
    interpreterOnly: true,
    wall: 6,
  },
});

tellsOf('gather() that raises', {
  'others run on': {
    source: `import asyncio
async def write(n, d):
    await asyncio.sleep(d)
    if n == 'a': raise ValueError(n)
    print('written', n)
async def main():
    try:
        await asyncio.gather(write('a', .1), write('b', .5))
    except ValueError:
        print('rolled back')
    await asyncio.sleep(1)
asyncio.run(main())`,
    told: ['left-running 8'],
    says: ["gather() at line 8 raised ValueError: a, but write('b', 0.5) ran on for 400 ms."],
    hints: true,
  },
  'a second one fails, which nobody sees': {
    source: `import asyncio
async def part(n):
    await asyncio.sleep(0.1 * n)
    raise ValueError(n)
async def main():
    try:
        await asyncio.gather(part(1), part(3))
    except ValueError:
        print('failed')
    await asyncio.sleep(1)
asyncio.run(main())`,
    told: ['left-running 7'],
    says: ['gather() at line 7 raised ValueError: 1, and part(3) failed later with ValueError: 3, which nobody saw.'],
  },
  'the others are awaited afterwards': {
    source: `import asyncio
async def part(n):
    await asyncio.sleep(0.1 * n)
    if n == 1:
        raise ValueError(n)
async def main():
    tasks = [asyncio.ensure_future(part(n)) for n in (1, 3)]
    try:
        await asyncio.gather(*tasks)
    except ValueError:
        await asyncio.wait(tasks)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
  'a callback of the program sees their ends': {
    source: `import asyncio
async def part(n):
    await asyncio.sleep(0.1 * n)
    if n == 1:
        raise ValueError(n)
async def main():
    tasks = [asyncio.ensure_future(part(n)) for n in (1, 3)]
    for task in tasks:
        task.add_done_callback(lambda task: print(task.exception()))
    try:
        await asyncio.gather(*tasks)
    except ValueError:
        await asyncio.sleep(1)
asyncio.run(main())`,
    hints: true,
    told: [],
  },
});

tellsOf('time limits that an except missed', {
  'the limit is around the function that catches': {
    source: `import asyncio

async def update(name, delay):
    try:
        await asyncio.sleep(delay)
        print(name, "updated")
        return True
    except Exception as e:
        print(name, "failed:", e)
        return False

def limited(seconds):
    async def run(*args):
        async with asyncio.timeout(seconds):
            return await update(*args)
    return run

async def main():
    job = limited(0.2)
    print(await asyncio.gather(job("a", 0.1), job("b", 0.15), job("c", 1), limited(5)("d", 0.5)))

asyncio.run(main())`,
    told: ['uncaught 14', 'unfinished 5'],
    says: [
      'The time limit ended the await at line 5 with CancelledError, which except Exception as e at line 8 does not catch.',
    ],
    from: 11,
  },
  'nothing was there to catch it': {
    source: `import asyncio
async def main():
    async with asyncio.timeout(0.1):
        await asyncio.sleep(1)
asyncio.run(main())`,
    from: 11,
    told: ['uncaught 3'],
    says: ['The work did not finish within the time limit'],
  },
});
