import asyncio


class Client:
    connection = None

    async def ask(self):
        if self.connection is None:
            await asyncio.sleep(0.02)
            self.connection = 'open'
        return self.connection


async def main():
    print(await asyncio.gather(*(Client().ask() for _ in range(3))))


asyncio.run(main())
