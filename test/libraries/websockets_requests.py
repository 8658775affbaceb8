"""200 connections at once to a server of websockets. Needs: websockets."""

import asyncio

import websockets


async def chat(connection):
    async for message in connection:
        await connection.send(message.upper())


async def talk(port, number):
    async with websockets.connect(f'ws://127.0.0.1:{port}/rooms/{number % 2}?token=hidden', open_timeout=60) as connection:
        await connection.send(f'message {number}')
        return await connection.recv()


async def main():
    async with websockets.serve(chat, '127.0.0.1', 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        answers = await asyncio.gather(*[talk(port, number) for number in range(200)])
        print(answers == [f'MESSAGE {number}' for number in range(200)])


asyncio.run(main())
