"""Interrupts and exits out of steps, callbacks, timers and threads: their tracebacks, and what a printed stack shows."""
import asyncio
import os
import signal
import traceback


def fails():
    traceback.print_stack()
    raise ValueError('x')


def stops():
    raise KeyboardInterrupt


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(fails)
    await asyncio.sleep(0)
    loop.call_soon_threadsafe(fails)
    await asyncio.sleep(0.01)
    traceback.print_stack()
    if os.name != 'nt':
        read, write = os.pipe()
        loop.add_reader(read, lambda: (loop.remove_reader(read), fails()))
        os.write(write, b'x')
        await asyncio.sleep(0.01)
        loop.add_signal_handler(signal.SIGUSR1, fails)
        os.kill(os.getpid(), signal.SIGUSR1)
        await asyncio.sleep(0.01)
    for schedule in (loop.call_soon, loop.call_soon_threadsafe, lambda callback: loop.call_later(0.001, callback)):
        schedule(stops)
        await asyncio.sleep(0.01)


async def leaves():
    await asyncio.sleep(0)
    raise SystemExit(3)


async def interrupted():
    await asyncio.sleep(0)
    raise KeyboardInterrupt


loop = asyncio.new_event_loop()
task = loop.create_task(main())
for _ in range(4):
    try:
        loop.run_until_complete(task)
    except KeyboardInterrupt:
        traceback.print_exc()
try:
    loop.run_until_complete(leaves())
except SystemExit:
    traceback.print_exc()
asyncio.run(interrupted())
