"""uvicorn serves a FastAPI application on asyncio, and httpx asks it. Needs: uvicorn, fastapi, httpx."""
import asyncio

import httpx
import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get('/items/{number}')
async def item(number: int):
    await asyncio.sleep(0.01)
    return {'item': number}


@app.get('/blocking')
def blocking():
    return {'in': 'a thread'}


async def ask(server):
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f'http://127.0.0.1:{port}') as client:
        answers = await asyncio.gather(client.get('/items/1'), client.get('/items/2'), client.get('/blocking'))
    print([answer.json() for answer in answers])
    server.should_exit = True


async def main(config):
    server = uvicorn.Server(config)
    print(type(asyncio.get_running_loop()).__module__.partition('.')[0])
    await asyncio.gather(server.serve(), ask(server))


def run(loop):
    config = uvicorn.Config(app, host='127.0.0.1', port=0, log_level='warning', loop=loop)
    config.setup_event_loop()
    asyncio.run(main(config))


if __name__ == '__main__':
    run('asyncio')
