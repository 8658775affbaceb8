"""An eager task's first step runs inside its parent: what it awaits is its own, not the parent's. Since 3.12."""
import asyncio


async def leaf(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def child(seconds):
    return await leaf(seconds)


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(child(n), name=f'child {n}') for n in (0, 1)]
    same = asyncio.create_task(leaf(2), name='leaf')
    print(await leaf(1), await asyncio.gather(*tasks, same))


asyncio.run(main())
