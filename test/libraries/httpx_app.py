"""httpx asks a starlette application, in one process and without a socket. Needs: httpx, starlette."""
import asyncio

import httpx
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


async def answer(request):
    await asyncio.sleep(0.01)
    return JSONResponse({'path': request.url.path})


def blocking(request):
    return JSONResponse({'path': 'in a thread'})


app = Starlette(routes=[Route('/thread', blocking), Route('/{rest:path}', answer)])


async def main():
    async with httpx.AsyncClient(app=app, base_url='http://test') as client:
        answers = await asyncio.gather(client.get('/a'), client.get('/b'), client.get('/thread'))
    print([answer.json() for answer in answers])


asyncio.run(main())
