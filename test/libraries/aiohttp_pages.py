"""aiohttp: a server and a client that asks it for three pages at once. Needs: aiohttp."""
import asyncio

from aiohttp import ClientSession, web


async def page(request):
    await asyncio.sleep(0.01)
    return web.json_response({'page': request.match_info['name']})


async def fetch(session, url):
    async with session.get(url) as response:
        return (await response.json())['page']


async def main():
    app = web.Application()
    app.router.add_get('/{name}', page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, '127.0.0.1', 0)
    await site.start()
    port = runner.addresses[0][1]
    async with ClientSession() as session:
        urls = [f'http://127.0.0.1:{port}/{name}' for name in ('one', 'two', 'three')]
        print(await asyncio.gather(*(fetch(session, url) for url in urls)))
    await runner.cleanup()


asyncio.run(main())
