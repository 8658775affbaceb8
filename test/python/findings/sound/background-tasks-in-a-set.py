import asyncio

background = set()


async def notify(n, out):
    await asyncio.sleep(0.02)
    out.append(n)


async def main():
    out = []
    for n in range(4):
        task = asyncio.create_task(notify(n, out))
        background.add(task)
        task.add_done_callback(background.discard)
    while background:
        await asyncio.wait(background)
    print(out)


asyncio.run(main())
