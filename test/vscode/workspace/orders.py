import asyncio


async def fetch(name, delay):
    await asyncio.sleep(delay)
    return name


async def main():
    user = await fetch("user", 1)
    orders = await fetch("orders", 2)
    print(user, orders)


asyncio.run(main())
