"""Two hundred commands at once, a pipeline, a wait for a list, and messages. Started with the address of a Redis server: host and port. Needs: redis."""

import asyncio
import sys

from redis.asyncio import BlockingConnectionPool, Redis

SECRET = 'hunter2-hunter2'
HOST, PORT = sys.argv[1], int(sys.argv[2])


async def count(client, number):
    return await client.incrby(f'count:{SECRET}', number)


async def pop(client):
    return (await client.blpop(f'list:{SECRET}', timeout=5))[1] == SECRET.encode()


async def push(client):
    await asyncio.sleep(0.05)
    await client.rpush(f'list:{SECRET}', SECRET)


async def subscribe(client, ready):
    async with client.pubsub() as messages:
        await messages.subscribe(f'news:{SECRET}')
        async for message in messages.listen():
            if message['type'] == 'message':
                return message['data'] == SECRET.encode()
            ready.set()


async def publish(client, ready):
    await ready.wait()
    await client.publish(f'news:{SECRET}', SECRET)


async def main():
    client = Redis(connection_pool=BlockingConnectionPool(host=HOST, port=PORT, max_connections=8, timeout=20))
    await client.flushall()
    results = await asyncio.gather(*[count(client, number) for number in range(200)])
    print(len(results), max(results))
    await client.set(f'session:{SECRET}', SECRET)
    print(await client.get(f'session:{SECRET}') == SECRET.encode())
    print(await client.execute_command(f'GET session:{SECRET}') == SECRET.encode())
    print(len(await client.config_get('maxmemory')))
    async with client.pipeline() as pipeline:
        print(await pipeline.set('a', SECRET).get('a').delete('a').execute() == [True, SECRET.encode(), 1])
    popped, _ = await asyncio.gather(pop(client), push(client))
    print(popped)
    ready = asyncio.Event()
    print(await asyncio.gather(subscribe(client, ready), publish(client, ready)))
    await client.close()
    await client.connection_pool.disconnect()


asyncio.run(main())
