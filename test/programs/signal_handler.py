"""A signal wakes a task."""
import asyncio
import os
import signal


async def main():
    loop = asyncio.get_running_loop()
    hangup = asyncio.Event()
    loop.add_signal_handler(signal.SIGHUP, hangup.set)
    loop.call_soon(os.kill, os.getpid(), signal.SIGHUP)
    await hangup.wait()
    print('hangup')
    loop.remove_signal_handler(signal.SIGHUP)


asyncio.run(main())
