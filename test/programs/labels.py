"""Tasks and stretches that the program names, where something records it."""

import asyncio

try:
    from coroscope import label, span
except ImportError:
    from contextlib import nullcontext as span

    def label(text):
        pass


async def handle(number):
    label(f'order {number}')
    with span('check'):
        await asyncio.sleep(0.1)
    with span('pay'):
        with span('bank'):
            await asyncio.sleep(0.1 * number)
        if number == 3:
            raise ValueError('declined')
    return number


async def main():
    with span('all'):
        print(await asyncio.gather(*[handle(number) for number in (1, 2, 3)], return_exceptions=True))
        label('')
    left = span('left open')
    left.__enter__()


label('nobody runs')
with span('outside'):
    asyncio.run(main())
