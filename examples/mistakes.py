"""Two mistakes that asyncio forgives too quietly: a coroutine that nobody awaits, and an error that nobody asks for."""

import asyncio


async def save(text):
    await asyncio.sleep(0.1)
    print("saved", text)


async def broken():
    await asyncio.sleep(0.2)
    raise ValueError("nobody will ask for me")


async def main():
    save("never")  # `await` is missing: nothing happens
    task = asyncio.create_task(broken(), name="broken")
    await asyncio.sleep(0.5)
    print("all fine, it seems;", "the task is done:", task.done())


asyncio.run(main())
