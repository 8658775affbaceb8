import asyncio


async def server(requests):
    while True:
        n, reply = await requests.get()
        await asyncio.sleep(0.01)
        if not reply.done():
            reply.set_result(n * n)


async def ask(requests, n):
    reply = asyncio.get_running_loop().create_future()
    requests.put_nowait((n, reply))
    return await asyncio.wait_for(reply, 1)


async def main():
    requests = asyncio.Queue()
    task = asyncio.create_task(server(requests))
    print(await asyncio.gather(*(ask(requests, n) for n in range(4))))
    task.cancel()
    await asyncio.wait([task])


asyncio.run(main())
