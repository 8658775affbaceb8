"""200 requests at once to FastAPI on uvicorn: routes, a background task, a mounted application, a failure, a WebSocket. Needs: uvicorn, fastapi, httpx, websockets."""

import asyncio
import logging
import socket

import httpx
import uvicorn
import websockets
from fastapi import BackgroundTasks, FastAPI, WebSocket
from starlette.applications import Starlette
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

logging.getLogger('uvicorn.error').addHandler(logging.NullHandler())
logging.getLogger('uvicorn.error').propagate = False
left = set(range(200))
app = FastAPI()


@app.get('/items/{id}')
async def item(id: int):
    left.discard(id)
    if id == 7:
        # It takes longest, on any machine.
        await others.wait()
    else:
        await asyncio.sleep(0.001)
        if not left:
            others.set()
    return {'id': id}


@app.get('/slow')
async def slow():
    await asyncio.sleep(0.2)
    return {}


async def afterwards():
    await asyncio.sleep(0.3)


@app.post('/jobs')
async def jobs(tasks: BackgroundTasks):
    tasks.add_task(afterwards)
    return {}


@app.get('/broken')
async def broken():
    raise ValueError('a handler that fails')


@app.websocket('/chat/{room}')
async def chat(connection: WebSocket, room: str):
    await connection.accept()
    await connection.send_text(await connection.receive_text() + room)
    await connection.close()


async def hello(request):
    return PlainTextResponse('hello ' + request.path_params['who'])


async def passed_on(request, call_next):
    return await call_next(request)


mounted = Starlette(routes=[Mount('/deep', routes=[Route('/hello/{who}', hello)])])
mounted.add_middleware(BaseHTTPMiddleware, dispatch=passed_on)
app.mount('/sub', mounted)


async def main():
    global others
    others = asyncio.Event()
    listening = socket.socket()
    listening.bind(('127.0.0.1', 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan='off'))
    serving = asyncio.create_task(server.serve([listening]))
    while not server.started:
        await asyncio.sleep(0.01)
    limits = httpx.Limits(max_connections=20)
    async with httpx.AsyncClient(base_url=f'http://127.0.0.1:{port}', limits=limits, timeout=60) as client:
        answers = await asyncio.gather(*[client.get(f'/items/{number}', params={'token': 'hidden'}) for number in range(200)])
        assert all(answer.json() == {'id': number} for number, answer in enumerate(answers))
        for method, path in [('POST', '/jobs'), ('GET', '/broken'), ('GET', '/nothing'), ('GET', '/slow'), ('GET', '/sub/deep/hello/you')]:
            answer = await client.request(method, path, headers={'authorization': 'Bearer hidden'})
            print(answer.status_code, answer.text)
    async with websockets.connect(f'ws://127.0.0.1:{port}/chat/red?token=hidden') as connection:
        await connection.send('good day, ')
        print(await connection.recv())
    server.should_exit = True
    await serving


asyncio.run(main())
