"""생산자와 소비자: 큐가 가득 차면 누가 기다리고, 누가 깨울까요?

큐에는 두 개까지만 들어갑니다. 생산자는 빠르고 소비자는 느립니다.
생산자가 `put`에서 멈추는 순간과, 소비자의 `get`이 생산자를 깨우는 순간을 찾아보세요.
"""

import asyncio


async def produce(queue):
    for number in range(1, 6):
        await queue.put(number)
        print(f"{number}번 빵을 진열대에 놓았어요")
        await asyncio.sleep(0.2)
    await queue.put(None)  # 끝이라는 표시


async def consume(queue):
    while (number := await queue.get()) is not None:
        print(f"{number}번 빵을 먹는 중")
        await asyncio.sleep(1)
    print("잘 먹었습니다")


async def main():
    queue = asyncio.Queue(maxsize=2)
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(queue), name="빵집")
        group.create_task(consume(queue), name="손님")


asyncio.run(main())
