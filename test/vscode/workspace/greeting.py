import asyncio


async def greet(name, seconds):
    await asyncio.sleep(seconds)
    print(f"Hello, {name}!")


async def main():
    name = input("Your name? ")
    seconds = int(input("After how many seconds? "))
    await greet(name, seconds)


asyncio.run(main())
