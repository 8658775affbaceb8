import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { joined } from '../../src/core/joined';
import { readTimeline } from '../../src/core/timeline/build';
import { State } from '../../src/core/timeline/model';
import { EventKind } from '../../src/core/trace/events';
import { HEADER_BYTES, MAGIC, MAJOR_VERSION } from '../../src/core/trace/read';
import { TraceError } from '../../src/core/trace/trace-error';
import { FlightRecorder } from '../../src/engines/flight/recorder';
import { disposeEngines } from '../../src/engines/run';
import { chunk, text } from '../core/encode';
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

/** Short, and with every kind of chunk. */
const MIXED = `
import asyncio
async def worker(lock, jobs):
    for _ in range(3):
        async with lock:
            await asyncio.sleep(0.5)
        await jobs.put(1)
async def main():
    lock, jobs = asyncio.Lock(), asyncio.Queue(1)
    tasks = [asyncio.create_task(worker(lock, jobs)) for _ in range(2)]
    for _ in range(6):
        await jobs.get()
    print('all')
    await asyncio.gather(*tasks)
asyncio.run(main())
`;

describe('a damaged trace of every kind of chunk', async () => {
  const { trace } = await runs(program(MIXED), { engine: 'embedded' });
  const recorder = new FlightRecorder(1);
  recorder.push(trace);
  const window = recorder.trace();
  const opens = (bytes: Uint8Array) => {
    try {
      readTimeline(bytes);
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
    }
  };

  test('has them all', () => {
    const text = new TextDecoder('latin1').decode(trace);
    for (const tag of ['META', 'DEFS', 'STEP', 'EVNT', 'USES', 'MARK', 'END ']) expect(text).toContain(tag);
    expect(readTimeline(window).meta.clipped).toBe(true);
  });

  test('cut off anywhere opens or is refused', () => {
    for (const whole of [trace, window])
      for (let length = 0; length < whole.length; length++) opens(whole.slice(0, length));
  });

  test('with any bytes changed opens or is refused, and never hangs or fails otherwise', () => {
    for (const whole of [trace, window]) {
      const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
      const changes = fc.array(change, { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(changes, (all) => {
          const bytes = whole.slice();
          for (const [at, value] of all) bytes[at] = value;
          opens(bytes);
        }),
        { numRuns: 2000 },
      );
    }
  });
});

describe('a flight recorder', () => {
  test('gives the same however often it is asked, also of what came as Buffers', async () => {
    const { trace } = await runs(program(BUSY), { engine: 'embedded' });
    const recorder = new FlightRecorder(3);
    recorder.push(Buffer.from(trace));
    const once = recorder.trace();
    expect(violations(readTimeline(once))).toEqual([]);
    expect(Buffer.compare(recorder.trace(), once)).toBe(0);
  });

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
      const window = joined([...recorder.soFar()]);
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

  test('leaves out samples of a turn that it has dropped, which are told later than it', () => {
    const rows = (...all: readonly (readonly [times: readonly number[], numbers: readonly number[]])[]) => {
      const width = all[0][0].length * 8 + all[0][1].length * 4;
      const bytes = new Uint8Array(8 + all.length * width);
      const view = new DataView(bytes.buffer);
      view.setUint32(0, all.length, true);
      view.setUint32(4, 1, true);
      all.forEach(([times, numbers], row) => {
        const at = 8 + row * width;
        for (const [i, time] of times.entries()) view.setFloat64(at + 8 * i, time, true);
        for (const [i, number] of numbers.entries()) view.setUint32(at + 8 * times.length + 4 * i, number, true);
      });
      return bytes;
    };
    const turn = (number: number) =>
      chunk(
        'STEP',
        rows([
          [number, number, number + 0.9],
          [0, 1, 0, 0, 1, Math.max(0, number - 1)],
        ]),
      );
    const held = (seq: number) =>
      rows([
        [seq + 0.1, seq + 0.8],
        [EventKind.held, seq, 1, 1, 700_000, 0],
      ]);
    const mark = chunk('MARK', new Uint8Array());
    const header = new Uint8Array(HEADER_BYTES);
    header.set(MAGIC);
    header[8] = MAJOR_VERSION;
    const parts = [header, chunk('META', text('{"clock":"real","origin":0,"spans":"inner","holds":"sampled"}'))];
    const opened = [
      [0, 0],
      [EventKind.loop, 0, 1, 1, 1, 0],
    ] as const;
    parts.push(
      chunk(
        'EVNT',
        rows(opened, [
          [0, 1],
          [EventKind.task, 0, 1, 0, 0, 0],
        ]),
      ),
      turn(0),
      turn(1),
      mark,
    );
    // The samples of turn 1 come with turn 2; those of turn 3 beside a row that stays.
    for (let number = 2; number < 8; number++) parts.push(chunk('EVNT', held(number - 1)), turn(number), mark);
    const whole = joined(parts);
    expect(readTimeline(whole).holds.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    const recorder = new FlightRecorder(3);
    recorder.push(whole);
    const { holds, segments, steps } = readTimeline(recorder.trace());
    expect(steps).toBeLessThan(8);
    expect(holds.length).toBeGreaterThan(0);
    for (const { start, end, step } of holds) {
      const row = segments.startStep.findIndex((each, row) => each === step && segments.state[row] === State.running);
      expect(segments.start[row]).toBeLessThan(start);
      expect(segments.end[row]).toBeGreaterThan(end);
    }
  });
});
