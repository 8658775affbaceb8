import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline';
import { FlightRecorder } from '../../src/engines/flight/recorder';
import { disposeEngines } from '../../src/engines/run';
import { violations } from '../core/truths';
import { program, runs } from './here';

afterAll(() => disposeEngines());

const BUSY = `
import asyncio
async def worker(n):
    while True:
        await asyncio.sleep(0.5)
async def main():
    worker_task = asyncio.create_task(worker(0), name='worker')
    for round in range(4000):
        await asyncio.wait_for(asyncio.create_task(asyncio.sleep(0.01), name=f'named-{round}'), 100 + round)
asyncio.run(main())
`;

describe('a flight recorder', () => {
  test('that keeps everything gives what it got', async () => {
    const { trace } = await runs(program(readFileSync('examples/breakfast.py', 'utf8')), { engine: 'embedded' });
    const recorder = new FlightRecorder(1e9);
    for (const byte of trace) recorder.push(Uint8Array.of(byte));
    const { meta, ...timeline } = readTimeline(recorder.trace());
    const { meta: whole, ...original } = readTimeline(trace);
    expect(meta).toEqual(whole);
    expect(timeline).toEqual(original);
  });

  test('holds no more than it may, and what it holds can be read at any time', async () => {
    const { trace } = await runs(program(BUSY), { engine: 'embedded' });
    const most = 100_000;
    const recorder = new FlightRecorder(1e9, most);
    let reads = 0;
    for (let at = 0; at < trace.length; at += 4096) {
      recorder.push(trace.subarray(at, at + 4096));
      if (at % (64 * 4096) !== 0) continue;
      const window = recorder.trace(true);
      if (window.length > 100) expect(violations(readTimeline(window))).toEqual([]);
      reads++;
    }
    expect(reads).toBeGreaterThan(3);
    const timeline = readTimeline(recorder.trace());
    expect(timeline.meta.clipped).toBe(true);
    expect(timeline.segments.count * 16).toBeLessThan(2 * most);
    expect(timeline.tasks.find(({ name }) => name === 'worker')?.createdBefore).toBe(true);
    expect(timeline.tasks.at(-1)!.name).toBe(readTimeline(trace).tasks.at(-1)!.name);
  });
});
