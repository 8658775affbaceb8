"""Two hundred requests at once with aiohttp's client and with httpx, to a server in another thread; a WebSocket; a database and a file. Needs: aiohttp, httpx, websockets, aiosqlite, aiofiles."""

import asyncio
import os
import tempfile
import threading

import aiofiles
import aiohttp
import aiosqlite
import httpx
import websockets
from aiohttp import web

SECRET = 'hunter2-hunter2'


async def item(request):
    await asyncio.sleep(0.02)
    assert request.headers['authorization'] == SECRET
    return web.Response(text=SECRET)


async def moved(request):
    raise web.HTTPFound(f'/items/2?token={SECRET}')


async def echo(socket, path=None):
    async for message in socket:
        await asyncio.sleep(0.02)
        await socket.send(message)


def serve(ready, ports):
    async def main():
        app = web.Application()
        app.router.add_get('/items/{id}', item)
        app.router.add_get('/moved', moved)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, '127.0.0.1', 0)
        await site.start()
        chat = await websockets.serve(echo, '127.0.0.1', 0)
        ports.extend(each.sockets[0].getsockname()[1] for each in (site._server, chat))
        ended = asyncio.Event()
        ready(asyncio.get_running_loop(), ended)
        await ended.wait()
        chat.close()
        await chat.wait_closed()
        await runner.cleanup()
    asyncio.run(main())


async def with_aiohttp(base):
    connector = aiohttp.TCPConnector(limit=20)
    async with aiohttp.ClientSession(headers={'Authorization': SECRET}, connector=connector) as session:
        async def get(number):
            async with session.get(f'{base}/items/{number}?token={SECRET}') as response:
                return await response.text() == SECRET
        texts = await asyncio.gather(*[get(number) for number in range(200)])
        print('aiohttp', len(texts), all(texts))
        async with session.get(f'{base}/moved') as response:
            print(response.status)


async def with_httpx(base):
    async with httpx.AsyncClient(headers={'Authorization': SECRET}, timeout=30, limits=httpx.Limits(max_connections=20)) as client:
        async def get(number):
            return (await client.get(f'{base}/items/{number}?token={SECRET}')).text == SECRET
        texts = await asyncio.gather(*[get(number) for number in range(200)])
        print('httpx', len(texts), all(texts))


async def with_websockets(address):
    async with websockets.connect(f'{address}/chat?token={SECRET}') as socket:
        await socket.send(SECRET)
        print('websockets', await socket.recv() == SECRET)


async def with_sqlite():
    async with aiosqlite.connect(':memory:') as database:
        await database.execute('CREATE TABLE users (id INTEGER, password TEXT)')
        await database.executemany('INSERT INTO users VALUES (?, ?)', [(1, SECRET), (2, SECRET)])
        async with database.execute(f"SELECT 'FROM {SECRET}' FROM users WHERE password = ?", (SECRET,)) as rows:
            print('aiosqlite', len(await rows.fetchall()))
        await database.commit()


async def with_files(folder):
    path = os.path.join(folder, 'notes.txt')
    async with aiofiles.open(path, 'w') as file:
        await file.write('one line')
    async with aiofiles.open(path) as file:
        print('aiofiles', await file.readline())


def main():
    ports = []
    started = threading.Event()
    loops = []

    def ready(loop, ended):
        loops.append((loop, ended))
        started.set()

    server = threading.Thread(target=serve, args=(ready, ports), daemon=True)
    server.start()
    assert started.wait(20)

    async def clients():
        await with_aiohttp(f'http://127.0.0.1:{ports[0]}')
        await with_httpx(f'http://127.0.0.1:{ports[0]}')
        await with_websockets(f'ws://127.0.0.1:{ports[1]}')
        await with_sqlite()
        with tempfile.TemporaryDirectory() as folder:
            await with_files(folder)

    try:
        asyncio.run(clients())
    finally:
        loop, ended = loops[0]
        loop.call_soon_threadsafe(ended.set)
        server.join()


main()
