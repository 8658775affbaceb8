"""wait until the first is completed; the other is left pending and cancelled."""
import asyncio


async def work(n):
    await asyncio.sleep(n)


async def main():
    tasks = [asyncio.create_task(work(n), name=f'work {n}') for n in (1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    print(len(done), len(pending))


asyncio.run(main())
