"""한국어 이름과 문자열: 열 번호는 글자로 센다."""
import asyncio


async def 요리(이름, 시간):
    print('시작:', 이름); await asyncio.sleep(시간)
    return f'{이름} 완료'


async def main():
    라면, 계란 = await asyncio.gather(요리('라면', 3), 요리('계란', 1))
    print(라면, 계란)


asyncio.run(main())
