import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { FlightRecorder } from '../../src/engines/flight/recorder';
import { KeptFile } from '../../src/engines/record/kept-file';
import { disposeEngines } from '../../src/engines/run';
import { violations } from '../core/truths';
import { program, runs } from './here';

/** Reads the file of `--keep` after each second, as if its host had been killed then. */

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => vi.useRealTimers());

const BUSY = `
import asyncio
async def worker():
    while True: await asyncio.sleep(0.5)
async def main():
    kept = asyncio.create_task(worker(), name='worker')
    for n in range(6_000): await asyncio.create_task(asyncio.sleep(0.01), name=f'short-{n}')
asyncio.run(main())
`;

test('it opens at any moment, is added to, and is written anew only when it has doubled', async () => {
  const { trace } = await runs(program(BUSY), { engine: 'embedded' });
  disposeEngines();
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'kept.coroscope');
  closeSync(openSync(path, 'w'));
  const failed = vi.fn();
  const keep = 5;
  const file = new KeptFile(path, new FlightRecorder(keep), { failed }, 50_000);
  const seconds = 60;
  const piece = Math.ceil(trace.length / seconds);
  let [anew, inode, largest, latest] = [0, 0, 0, 0];
  for (let at = 0; at < trace.length; at += piece) {
    // Pieces may end in the middle of a chunk.
    file.push(trace.subarray(at, at + piece));
    vi.advanceTimersByTime(1000);
    const bytes = readFileSync(path);
    const timeline = readTimeline(new Uint8Array(bytes));
    if (at % (10 * piece) === 0) expect(violations(timeline)).toEqual([]);
    expect(timeline.tasks.some(({ name }) => name === 'worker')).toBe(true);
    const newest = Number(timeline.tasks.findLast(({ name }) => name.startsWith('short-'))!.name.slice(6));
    expect(newest).toBeGreaterThanOrEqual(latest);
    latest = newest;
    const { ino, size } = statSync(path);
    if (ino !== inode) anew++;
    inode = ino;
    largest = Math.max(largest, size);
  }
  expect(latest).toBeGreaterThan(5_500);
  expect(anew).toBeGreaterThan(1);
  expect(anew).toBeLessThan(seconds / 4);
  // Twice the size that is kept, plus what the tracer writes at once: here a quarter of that size.
  expect(largest).toBeLessThan(0.75 * trace.length);
  const whole = file.finish(undefined).whole();
  expect(new Uint8Array(readFileSync(path))).toEqual(new Uint8Array(whole));
  expect(readTimeline(whole).duration).toBeLessThan(2 * keep);
  expect(failed).not.toHaveBeenCalled();
});

test('a file that can be written no more is told once, and holds what it held', async () => {
  const { trace } = await runs(program(BUSY.replace('6_000', '400')), { engine: 'embedded' });
  disposeEngines();
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-kept-'));
  const path = join(folder, 'kept.coroscope');
  const failed = vi.fn();
  const file = new KeptFile(path, new FlightRecorder(5), { failed });
  rmSync(folder, { recursive: true });
  for (let at = 0; at < trace.length; at += 4096) {
    file.push(trace.subarray(at, at + 4096));
    vi.advanceTimersByTime(1000);
  }
  file.finish(undefined);
  expect(failed).toHaveBeenCalledTimes(1);
});
