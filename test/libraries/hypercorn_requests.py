"""200 requests at once to Starlette on hypercorn. Needs: hypercorn, starlette, httpx."""

import asyncio
import socket

import httpx
from hypercorn.asyncio import serve
from hypercorn.config import Config
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def item(request):
    await asyncio.sleep(0.001)
    return PlainTextResponse(request.path_params['id'])


async def broken(request):
    raise ValueError('a handler that fails')


async def main():
    listening = socket.socket()
    listening.bind(('127.0.0.1', 0))
    listening.listen()
    port = listening.getsockname()[1]
    config = Config()
    config.bind = [f'fd://{listening.fileno()}']
    config.errorlog = None
    stop = asyncio.Event()
    app = Starlette(routes=[Route('/items/{id}', item), Route('/broken', broken)])
    serving = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    async with httpx.AsyncClient(base_url=f'http://127.0.0.1:{port}', limits=httpx.Limits(max_connections=20), timeout=60) as client:
        answers = await asyncio.gather(*[client.get(f'/items/{number}', params={'token': 'hidden'}) for number in range(200)])
        print(all(answer.text == str(number) for number, answer in enumerate(answers)))
        for path in ('/broken', '/nothing'):
            print((await client.get(path)).status_code)
    stop.set()
    await serving


asyncio.run(main())
