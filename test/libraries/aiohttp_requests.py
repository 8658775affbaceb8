"""200 requests at once to an aiohttp server, on 20 connections that are kept. Needs: aiohttp."""

import asyncio
import logging

from aiohttp import ClientSession, TCPConnector, web

logging.getLogger('aiohttp.server').addHandler(logging.NullHandler())
logging.getLogger('aiohttp.server').propagate = False
left = set(range(200))
TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'


async def item(request):
    number = int(request.match_info['id'])
    left.discard(number)
    if number == 7:
        # It takes longest, on any machine.
        await others.wait()
    else:
        await asyncio.sleep(0.001)
        if not left:
            others.set()
    return web.json_response({'id': number})


async def slow(request):
    await asyncio.sleep(0.2)
    return web.Response()


async def broken(request):
    raise ValueError('a handler that fails')


async def wait_for_ever(request):
    begun.set()
    await asyncio.Event().wait()


async def main():
    global others, begun
    others, begun = asyncio.Event(), asyncio.Event()
    app = web.Application()
    app.add_routes([web.get('/items/{id}', item), web.get('/slow', slow), web.get('/broken', broken), web.get('/wait', wait_for_ever)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, '127.0.0.1', 0)
    await site.start()
    port = runner.addresses[0][1]

    async with ClientSession(f'http://127.0.0.1:{port}', connector=TCPConnector(limit=20)) as client:
        async def get(path):
            async with client.get(path, headers={'traceparent': TRACEPARENT, 'Authorization': 'Bearer hidden'}) as answer:
                return answer.status, await answer.text()

        answers = await asyncio.gather(*[get(f'/items/{number}?token=hidden') for number in range(200)])
        assert all(answer == (200, f'{{"id": {number}}}') for number, answer in enumerate(answers)), answers
        print((await get('/broken'))[0], (await get('/nothing/7/here'))[0], (await get('/slow'))[0], (await get('/reset/3f9a8b7c6d5e4f3a2b1c'))[0])
        waiting = asyncio.create_task(get('/wait'))
        await begun.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await runner.cleanup()
    print('done')


asyncio.run(main())
