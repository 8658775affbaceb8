import asyncio


async def watch(state, changes):
    last = None
    while not state['over']:
        if state['value'] != last:
            last = state['value']
            changes.append(last)
        await asyncio.sleep(0.5)


async def main():
    state, changes = {'value': 0, 'over': False}, []
    task = asyncio.create_task(watch(state, changes))
    for n in range(3):
        state['value'] = n
        await asyncio.sleep(0.6)
    state['over'] = True
    await task
    print(changes)


asyncio.run(main())
