import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/core/findings/findings';
import { interpreters, program, runs } from '../engines/here';

/** Tasks of what is no coroutine of Python's own. */
const source = `
import asyncio
from collections.abc import Coroutine

class Query(Coroutine):
    def __init__(self):
        self.inner = asyncio.sleep(0.01)
    def send(self, value):
        return self.inner.send(value)
    def throw(self, *error):
        return self.inner.throw(*error)
    def close(self):
        self.inner.close()
    def __await__(self):
        return self.inner.__await__()

async def numbers():
    yield 1
    yield 2

async def main():
    loop = asyncio.get_running_loop()
    kept = numbers()
    tasks = [loop.create_task(each) for each in (Query(), kept.__anext__(), Query())]
    await asyncio.gather(*tasks)
    await loop.create_task(kept.aclose())
    await numbers().__anext__()

asyncio.run(main())
`;

const engines = [{ command: 'embedded', version: 'embedded' }, ...interpreters];

describe.each(engines)('tasks of other awaitables: $version', ({ command }) => {
  test('are named after their class, or the generator', async () => {
    const { timeline, stderr } = await runs(program(source), { engine: command, clock: 'virtual' });
    expect(stderr).toBe('');
    // The one that nobody finished is closed by a task of asyncio's, which the end may cancel.
    expect(problemsOf(timeline).map(({ kind }) => kind)).toEqual([]);
    const found = timeline.tasks.map(({ code }) => [code?.function, code?.firstLine, code?.user]);
    const line = (text: string) => source.split('\n').findIndex((each) => each.includes(text)) + 1;
    expect(found.slice(1, 4)).toEqual([
      ['Query', line('def send'), true],
      ['numbers', line('async def numbers'), true],
      ['Query', line('def send'), true],
    ]);
  });
});
