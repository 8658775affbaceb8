import asyncio
import contextvars

user = contextvars.ContextVar('user', default='nobody')


async def show():
    await asyncio.sleep(0.01)
    return user.get()


async def request(name):
    user.set(name)
    return await asyncio.create_task(show())


async def main():
    print(await asyncio.gather(request('ann'), request('bob')), user.get())


asyncio.run(main())
