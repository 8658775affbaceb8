import asyncio


async def run(slots, n, out):
    try:
        await asyncio.sleep(0.02)
        out.append(n)
    finally:
        slots.release()


async def main():
    slots, out, tasks = asyncio.Semaphore(2), [], []
    for n in range(6):
        await slots.acquire()
        tasks.append(asyncio.create_task(run(slots, n, out)))
    await asyncio.gather(*tasks)
    print(sorted(out))


asyncio.run(main())
