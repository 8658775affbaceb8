"""Subprocesses: one fails when its input ends, one is killed."""
import asyncio
import asyncio.subprocess


async def main():
    failing = await asyncio.create_subprocess_shell('cat; exit 3', stdin=asyncio.subprocess.PIPE)
    asyncio.get_running_loop().call_soon(failing.stdin.close)
    print('exit code', await failing.wait())
    long = await asyncio.create_subprocess_exec('sleep', '60')
    long.kill()
    print('exit code', await long.wait())


asyncio.run(main())
