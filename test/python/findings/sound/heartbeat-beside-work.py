import asyncio


async def heartbeat(beats):
    while True:
        beats.append(1)
        await asyncio.sleep(0.05)


async def main():
    beats = []
    heart = asyncio.create_task(heartbeat(beats))
    try:
        await asyncio.sleep(0.22)
    finally:
        heart.cancel()
        await asyncio.wait([heart])
    print(len(beats) > 2)


asyncio.run(main())
