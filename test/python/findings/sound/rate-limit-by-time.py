import asyncio


async def main():
    loop = asyncio.get_running_loop()
    due = loop.time()
    for n in range(4):
        delay = due - loop.time()
        if delay > 0:
            await asyncio.sleep(delay)
        due += 0.05
        print(n)


asyncio.run(main())
