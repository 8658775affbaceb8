import asyncio


async def ping(host):
    await asyncio.sleep(0.01)
    if host == 'b':
        raise OSError(host)
    return host


async def main():
    hosts = ['a', 'b', 'c']
    found = dict(zip(hosts, await asyncio.gather(*map(ping, hosts), return_exceptions=True)))
    print({host: repr(each) for host, each in found.items()})


asyncio.run(main())
