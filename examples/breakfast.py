"""One cook, three pans: why does everything take 3 seconds, and not 6?

Look for: who holds the event loop (nobody, most of the time), what each task waits for, and who wakes whom.
"""

import asyncio


async def fry(what, seconds):
    print(f"{what}: into the pan")
    await asyncio.sleep(seconds)
    print(f"{what}: done")
    return what


async def main():
    plates = await asyncio.gather(fry("eggs", 2), fry("bacon", 3), fry("toast", 1))
    print("served:", ", ".join(plates))


asyncio.run(main())
