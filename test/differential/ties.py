"""Random programs full of ties: sleeps that end at one instant, in chains of different length, with whatever hangs on them.

``python ties.py SEED`` prints one. They run on every Python since 3.9. ``UNIT`` is how long the shortest sleep takes, in seconds.
"""

import random
import sys

UNIT = 0.04


class Program:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.lines = []
        self.marks = 0
        self.functions = []

    def mark(self):
        self.marks += 1
        return self.marks

    def say(self):
        return f'print({self.mark()}, end=" ")'

    def units(self):
        return self.dice.choice((1, 1, 1, 2, 2, 3, 4))

    def nap(self):
        return f'await asyncio.sleep({self.units()} * U)'

    def naps(self):
        """Some sleeps that may meet others."""
        dice = self.dice
        kind = dice.random()
        if kind < 0.45:
            return [self.nap(), self.say()]
        if kind < 0.65:
            return [f'for i in range({dice.randint(2, 4)}):', f'    await asyncio.sleep({dice.choice((1, 1, 2))} * U)', f'    {self.say()}']
        if kind < 0.75:
            return [self.say(), 'await asyncio.sleep(0)', self.say()]
        if kind < 0.85:
            return [self.nap(), self.nap(), self.say()]
        return [self.say(), self.nap()]

    def callee(self):
        return f'{self.dice.choice(self.functions)}()'

    def statement(self, depth):
        dice = self.dice
        if not self.functions or depth > 1:
            return self.naps()
        kind = dice.randrange(13)
        if kind < 4:
            return self.naps()
        if kind == 4:
            calls = ', '.join(self.callee() for _ in range(dice.randint(2, 3)))
            return [f'await asyncio.gather({calls})', self.say()]
        if kind == 5:
            return [f't{self.mark()} = asyncio.create_task({self.callee()})', *self.statement(depth + 1)]
        if kind == 6:
            name = f't{self.mark()}'
            return [f'{name} = asyncio.create_task({self.callee()})', self.nap(), f'{name}.cancel()',
                    'try:', f'    await {name}', f'    {self.say()}', 'except asyncio.CancelledError:', f'    {self.say()}']
        if kind == 7:
            return ['try:', f'    await asyncio.wait_for({self.callee()}, {self.units()} * U)', f'    {self.say()}',
                    'except asyncio.TimeoutError:', f'    {self.say()}']
        if kind == 8:
            return ['async with lock:', *('    ' + line for line in self.naps())]
        if kind == 9:
            return ['if not event.is_set():', f'    asyncio.get_running_loop().call_later({self.units()} * U, event.set)',
                    'await event.wait()', self.say(), 'event.clear()']
        if kind == 10:
            return [f'asyncio.get_running_loop().call_later({self.units()} * U, print, {self.mark()})', *self.naps()]
        if kind == 11:
            return [f'queue.put_nowait({self.mark()})', self.nap(), 'print(queue.get_nowait() if not queue.empty() else "-", end=" ")']
        calls = ', '.join(f'asyncio.ensure_future({self.callee()})' for _ in range(2))
        when = dice.choice(('FIRST_COMPLETED', 'ALL_COMPLETED'))
        return [f'done, pending = await asyncio.wait([{calls}], return_when=asyncio.{when})', 'print(len(done), len(pending), end=" ")']

    def function(self, name):
        body = []
        for _ in range(self.dice.randint(1, 3)):
            body += self.statement(0)
        self.lines += ['', '', f'async def {name}():', *('    ' + line for line in body)]
        self.functions.append(name)

    def whole(self):
        for number in range(self.dice.randint(2, 4)):
            self.function(f'f{number}')
        calls = [self.callee() for _ in range(self.dice.randint(2, 4))]
        main = ['global lock, event, queue', 'lock, event, queue = asyncio.Lock(), asyncio.Event(), asyncio.Queue()']
        if self.dice.random() < 0.3:
            main += [f'asyncio.create_task({self.callee()})', self.nap(), self.say()]
        main += [f'await asyncio.gather({", ".join(calls)}, return_exceptions=True)', self.say()]
        return '\n'.join(['import asyncio', '', f'U = {UNIT}', *self.lines, '', '', 'async def main():', *('    ' + line for line in main),
                          '', '', 'asyncio.run(main())', ''])


if __name__ == '__main__':
    print(Program(int(sys.argv[1])).whole(), end='')
