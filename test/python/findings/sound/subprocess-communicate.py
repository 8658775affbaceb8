# engine: interpreter
import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, '-c', 'print("x" * 200000)', stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    print(len(out.strip()), process.returncode)


asyncio.run(main())
