import asyncio


class Account:
    def __init__(self):
        self.balance = 100
        self.lock = asyncio.Lock()

    async def withdraw(self, amount):
        async with self.lock:
            if self.balance >= amount:
                await asyncio.sleep(0.01)
                self.balance -= amount
                return True
            return False


async def main():
    account = Account()
    print(sorted(await asyncio.gather(*(account.withdraw(40) for _ in range(3)))), account.balance)


asyncio.run(main())
