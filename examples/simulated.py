"""Needs a network and a library that is not here: the comments say what they would do."""

import asyncio

import httpx


async def fetch(client, page):
    response = await client.get(f"/pages/{page}")  # coroscope: takes 800ms returns {"page": page}
    return response["page"]


async def follow(client):
    async for line in client.stream("/log"):  # coroscope: yields 3 every 500ms of ["GET", "PUT"]
        print("log:", line)


async def main():
    async with httpx.AsyncClient() as client:  # coroscope: takes 100ms
        print(await asyncio.gather(fetch(client, 1), fetch(client, 2), follow(client)))
        try:
            await client.post("/done")  # coroscope: raises TimeoutError after 2s
        except TimeoutError:
            print("nobody answered")


asyncio.run(main())
