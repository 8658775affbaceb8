import { tellsOf } from './told';

tellsOf('a loop that another thread uses', {
  'a thread whose own function is a method of asyncio': {
    source: `import asyncio, threading
async def main():
    ready = asyncio.Event()
    threading.Timer(0.1, ready.set).start()
    await asyncio.wait_for(ready.wait(), 2)
asyncio.run(main())`,
    told: ['not-thread-safe 5'],
    says: ['without waking it: that ended the wait at line 5.'],
    interpreterOnly: true,
  },
  'the same by way of the loop': {
    source: `import asyncio, threading
async def main():
    ready = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Timer(0.1, loop.call_soon_threadsafe, (ready.set,)).start()
    await asyncio.wait_for(ready.wait(), 2)
asyncio.run(main())`,
    told: [],
    interpreterOnly: true,
  },
  'call_soon() does not wake it': {
    source: `import asyncio, threading, time
async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    def sensor():
        time.sleep(0.1)
        loop.call_soon(event.set)
    threading.Thread(target=sensor).start()
    try:
        await asyncio.wait_for(event.wait(), 0.6)
    except asyncio.TimeoutError:
        pass
asyncio.run(main())`,
    told: ['not-thread-safe 7'],
    says: ['call_soon_threadsafe(callback, …)', 'it slept on for'],
    interpreterOnly: true,
    clock: 'real',
  },
  'set_result() and event.set() do not either': {
    source: `import asyncio, threading, time
async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    answer = loop.create_future()
    def sensor():
        time.sleep(0.1)
        answer.set_result(1)
        event.set()
    thread = threading.Thread(target=sensor)
    thread.start()
    ticks = asyncio.ensure_future(asyncio.sleep(0.5))
    await asyncio.gather(answer, event.wait(), ticks)
asyncio.run(main())`,
    told: ['not-thread-safe 8', 'not-thread-safe 9'],
    interpreterOnly: true,
    clock: 'real',
  },
  'a task is made from there': {
    source: `import asyncio, threading, time
async def work():
    return 1
async def main():
    loop = asyncio.get_running_loop()
    thread = threading.Thread(target=lambda: loop.create_task(work()))
    thread.start()
    thread.join()
    await asyncio.sleep(0.2)
asyncio.run(main())`,
    told: ['not-thread-safe 6'],
    interpreterOnly: true,
    clock: 'real',
  },
  'as it is meant to be used': {
    source: `import asyncio, threading, time
async def work():
    return 1
async def main():
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    answer = loop.create_future()
    def sensor():
        loop.call_soon_threadsafe(event.set)
        loop.call_soon_threadsafe(answer.set_result, 1)
        asyncio.run_coroutine_threadsafe(work(), loop).result()
    thread = threading.Thread(target=sensor)
    thread.start()
    await event.wait()
    await answer
    await loop.run_in_executor(None, thread.join)
    loop.call_soon(print, 'called')
    await asyncio.sleep(0.1)
asyncio.run(main())`,
    told: [],
    interpreterOnly: true,
    clock: 'real',
  },
  'prepared before it runs in another thread': {
    source: `import asyncio, threading
async def work():
    await asyncio.sleep(0.1)
loop = asyncio.new_event_loop()
loop.call_soon(print, 'first')
task = loop.create_task(work())
thread = threading.Thread(target=lambda: loop.run_until_complete(task))
thread.start()
thread.join()
loop.close()`,
    told: [],
    interpreterOnly: true,
    clock: 'real',
  },
});
