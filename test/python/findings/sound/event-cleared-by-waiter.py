import asyncio


async def consumer(changed, state, seen):
    while len(seen) < 3:
        await changed.wait()
        changed.clear()
        seen.append(state['value'])


async def main():
    changed, state, seen = asyncio.Event(), {'value': 0}, []
    task = asyncio.create_task(consumer(changed, state, seen))
    for n in range(3):
        await asyncio.sleep(0.05)
        state['value'] = n
        changed.set()
    await task
    print(seen)


asyncio.run(main())
