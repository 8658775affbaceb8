"""Closes every file that is open but its own streams, and opens others that get their numbers."""
import asyncio
import os
import tempfile


async def main():
    await asyncio.sleep(0)
    print('before', flush=True)


asyncio.run(main())
os.closerange(3, 5000)
first = tempfile.TemporaryFile()
# Whatever number the trace had, this file has it now.
for number in range(800, 4200):
    try:
        os.dup2(first.fileno(), number)
    except OSError:
        break
asyncio.run(main())
print(os.fstat(first.fileno()).st_size)
