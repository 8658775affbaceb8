"""Three tasks meet at a barrier; a fourth breaks it. Since 3.11."""
import asyncio


async def runner(gate, number):
    await asyncio.sleep(number)
    try:
        async with gate:
            print(number, 'through')
    except asyncio.BrokenBarrierError:
        print(number, 'broken', gate.broken)


async def main():
    gate = asyncio.Barrier(3)
    await asyncio.gather(*(runner(gate, number) for number in range(3)))
    waiting = asyncio.create_task(runner(gate, 1))
    await asyncio.sleep(2)
    print(gate.n_waiting)
    await gate.abort()
    await waiting


asyncio.run(main())
