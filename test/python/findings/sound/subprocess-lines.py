# engine: interpreter
import asyncio
import sys

CODE = 'import time\nfor n in range(3):\n    print(n, flush=True)\n    time.sleep(0.05)'


async def main():
    process = await asyncio.create_subprocess_exec(sys.executable, '-c', CODE, stdout=asyncio.subprocess.PIPE)
    async for line in process.stdout:
        print(line.decode().strip())
    print(await process.wait())


asyncio.run(main())
