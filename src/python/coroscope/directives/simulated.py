"""Coroutines that run in place of an await with a ``# coroscope:`` comment. They are code of the tracer, so they do not show as frames of the program."""

import asyncio
import time
from asyncio.futures import _set_result_unless_cancelled


async def lapse(label, delay):
    """Like ``asyncio.sleep``. Its frame tells the tracer what is simulated."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _set_result_unless_cancelled, future, None)
    try:
        await future
    finally:
        timer.cancel()


class Simulation:
    """``takes`` and ``every`` in seconds or None; ``yields`` a number of items or None; ``ends``: returns or raises what is given."""

    __slots__ = ('takes', 'yields', 'every', 'label', 'ends')

    def __init__(self, takes, yields, every, label, ends):
        self.takes = takes or 0
        self.yields = yields or 0
        self.every = every or 0
        self.label = label
        self.ends = ends

    async def wait(self, value):
        """Suspends for ``takes`` seconds, then returns or raises ``value()``, which is evaluated only then."""
        if self.takes:
            await lapse(self.label, self.takes)
        return self._end(value)

    def block(self, value):
        """Like ``wait``, for a plain function: it blocks the loop, as such functions do."""
        if self.takes:
            time.sleep(self.takes)
        return self._end(value)

    async def items(self, value):
        given = self._given(value)
        for number in range(self.yields):
            if self.every:
                await lapse(self.label, self.every)
            yield given(number)

    def blocking_items(self, value):
        given = self._given(value)
        for number in range(self.yields):
            if self.every:
                time.sleep(self.every)
            yield given(number)

    def entered(self, value):
        return Entered(self, value)

    def _end(self, value):
        if value is None:
            return None
        found = value()
        if self.ends == 'raises':
            raise found
        return found

    def _given(self, value):
        """Item number n: of a list or tuple, repeated; any other value each time; without a value, n itself."""
        if value is None:
            return lambda number: number
        items = value()
        if isinstance(items, (list, tuple, range)) and len(items):
            return lambda number: items[number % len(items)]
        return lambda number: items


class Entered:
    """What an ``async with`` enters."""

    __slots__ = ('_simulation', '_value')

    def __init__(self, simulation, value):
        self._simulation = simulation
        self._value = value

    async def __aenter__(self):
        return await self._simulation.wait(self._value)

    async def __aexit__(self, *error):
        return None

