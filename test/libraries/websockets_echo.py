"""websockets: an echo server and its client. Needs: websockets."""
import asyncio

import websockets


async def echo(socket, *_):
    async for message in socket:
        await socket.send(message.upper())


async def main():
    async with websockets.serve(echo, '127.0.0.1', 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with websockets.connect(f'ws://127.0.0.1:{port}') as socket:
            for word in ('one', 'two'):
                await socket.send(word)
                print(await socket.recv())


asyncio.run(main())
