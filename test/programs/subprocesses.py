"""Subprocesses: one is read from, one fails, one is killed."""
import asyncio
import asyncio.subprocess


async def main():
    echo = await asyncio.create_subprocess_exec('echo', 'hello  there', stdout=asyncio.subprocess.PIPE)
    out, _ = await echo.communicate()
    print(out.decode().strip())
    failing = await asyncio.create_subprocess_shell('cat; exit 3', stdin=asyncio.subprocess.PIPE)
    asyncio.get_running_loop().call_soon(failing.stdin.close)
    print('exit code', await failing.wait())
    long = await asyncio.create_subprocess_exec('sleep', '60')
    long.kill()
    print('exit code', await long.wait())


asyncio.run(main())
