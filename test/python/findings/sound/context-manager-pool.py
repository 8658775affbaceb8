import asyncio
import contextlib


class Pool:
    def __init__(self, size):
        self.free = asyncio.Queue()
        for n in range(size):
            self.free.put_nowait(n)

    @contextlib.asynccontextmanager
    async def connection(self):
        connection = await self.free.get()
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)


async def query(pool, n):
    async with pool.connection():
        await asyncio.sleep(0.02)
        return n


async def main():
    pool = Pool(2)
    print(sum(await asyncio.gather(*(query(pool, n) for n in range(8)))))


asyncio.run(main())
