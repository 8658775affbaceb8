import asyncio


class Auth:
    def __init__(self):
        self.token, self.lock, self.asked = None, asyncio.Lock(), 0

    async def get(self):
        if self.token is None:
            async with self.lock:
                if self.token is None:
                    await asyncio.sleep(0.05)
                    self.asked += 1
                    self.token = f't{self.asked}'
        return self.token


async def main():
    auth = Auth()
    print(await asyncio.gather(*(auth.get() for _ in range(3))))


asyncio.run(main())
