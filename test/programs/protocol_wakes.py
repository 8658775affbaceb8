"""A protocol's callback sets a future's result."""
import asyncio
import socket


class Once(asyncio.Protocol):
    def __init__(self, got):
        self.got = got

    def data_received(self, data):
        if not self.got.done():
            self.got.set_result(data)


async def main():
    loop = asyncio.get_running_loop()
    here, there = socket.socketpair()
    got = loop.create_future()
    transport, _ = await loop.create_connection(lambda: Once(got), sock=here)
    loop.call_soon(there.send, b'hello')
    print(await got)
    transport.close()
    there.close()
    await asyncio.sleep(0)


asyncio.run(main())
