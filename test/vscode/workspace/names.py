import asyncio


async def main():
    await asyncio.create_task(asyncio.sleep(1), name="<img src=x onerror=alert(1)> [link](command:workbench.action.quit) `tick`")


asyncio.run(main())
