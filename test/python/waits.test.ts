import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { State, type Timeline } from '../../src/core/timeline/model';
import { waitLabel } from '../../src/core/words/waits';
import { interpreters, runs } from '../engines/here';

/** Labels with parts that differ from run to run, which goldens cannot contain. */

const streams = resolve('test/python/streams.py');

describe.each(interpreters)('what is waited for on the network: $version', ({ command }) => {
  test.concurrent('each side of a connection is named by the other', async () => {
    const { timeline } = await runs(streams, {
      engine: command,
      clock: 'real',
      limits: { steps: 100_000, virtualTime: 1000, wallTime: 30 },
    });
    const main = labels(timeline, 'main');
    const port = /^connect to 127\.0\.0\.1:(\d+)$/.exec(main.find((label) => label.startsWith('connect')) ?? '')?.[1];
    expect(port, main.join('; ')).toBeDefined();
    expect(main).toContain(`read from 127.0.0.1:${port}`);
    const served = labels(timeline, 'serve').filter((label) => label.startsWith('read from'));
    expect(served.length, 'two lines and the end').toBeGreaterThanOrEqual(2);
    expect(new Set(served).size, 'one connection').toBe(1);
    expect(served[0]).not.toBe(`read from 127.0.0.1:${port}`);
  });
});

const forever = `
import asyncio, math

async def patient():
    await asyncio.wait_for(asyncio.sleep(1), math.inf)
    await asyncio.sleep(math.inf)

async def main():
    task = asyncio.create_task(patient())
    await asyncio.sleep(2)
    task.cancel()

asyncio.run(main())
`;

describe.each([{ version: 'embedded', command: 'embedded' }, ...interpreters])(
  'no end of waiting: $version',
  ({ command }) => {
    test.concurrent('is told, and breaks no record', async () => {
      const { timeline } = await runs(resolve('test/python/forever.py'), {
        engine: command,
        clock: 'virtual',
        source: forever,
      });
      const said = labels(timeline, 'patient').join('; ');
      expect(said).toMatch(/wait_for\(.*∞\)/);
      expect(said).toMatch(/sleep ∞$/);
    });
  },
);

function labels(timeline: Timeline, coroutine: string): string[] {
  const { segments, tasks } = timeline;
  const found: string[] = [];
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] === State.suspended && tasks[segments.task[row]].coroutine === coroutine)
      found.push(waitLabel(timeline, row) ?? '');
  }
  return found;
}
