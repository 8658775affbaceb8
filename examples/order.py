"""In which order do these lines come?

Calling an async function runs nothing of it. `await` of a coroutine runs it at once, inside the same task.
`create_task` only puts it in the queue: it runs when the current task next gives control back.
"""

import asyncio


async def greet(name):
    print(f"hello {name}")
    await asyncio.sleep(0.5)
    print(f"goodbye {name}")


async def main():
    coroutine = greet("Ann")
    print("1. called: nothing of Ann yet")

    task = asyncio.create_task(greet("Ben"), name="Ben")
    print("2. a task for Ben: nothing of him yet either")

    await coroutine
    print("3. Ann was awaited; Ben has run meanwhile")

    await task
    print("4. Ben is done as well")


asyncio.run(main())
