import { describe, expect, test } from 'vitest';
import type { Recent } from '../../src/core/recent/recent';
import { translator } from '../../src/core/translate';
import { Watch } from '../../src/engines/watch/watch';
import { Window } from '../../src/engines/watch/window';
import { TraceStory } from '../core/encode';
import { dist, interpreters, program, runs } from './here';

const t = translator(undefined);
const engine = interpreters.at(-1)?.command ?? '';

/** A trace of many steps, in pieces that end anywhere. */
async function pieces(clock: 'virtual' | 'real'): Promise<Uint8Array[]> {
  const file = program(`
import asyncio
async def main():
    for i in range(30000):
        await asyncio.sleep(0.001 if i % 10 == 0 else 0)
asyncio.run(main())`);
  const { trace } = await runs(file, { engine, clock });
  const size = 9_001;
  return Array.from({ length: Math.ceil(trace.length / size) }, (_, i) => trace.slice(i * size, (i + 1) * size));
}

describe.skipIf(engine === '')('the last seconds of a trace that comes in pieces', () => {
  test('is never more than was asked for, and never takes more memory than it may', async () => {
    const all = await pieces('virtual');
    const whole = new Window(1000);
    const second = new Window(1);
    const small = new Window(1000, 64 << 10);
    let steps = 0;
    for (const [i, piece] of all.entries()) {
      for (const window of [whole, second, small]) window.push(piece, i);
      if (i % 8 > 0) continue;
      expect(second.recent(i, t)?.length ?? 0).toBeLessThanOrEqual(1);
      steps = small.recent(i, t)?.steps ?? 0;
      // A step is 48 bytes; a turn of the loop that waits is 40 more.
      expect(steps).toBeLessThan(2 * ((64 << 10) / 48));
    }
    expect(steps).toBeGreaterThan(500);
    const recent = whole.recent(0, t)!;
    expect(recent).toMatchObject({ ended: true, clock: 'virtual', silent: 0 });
    expect(recent.steps).toBeGreaterThan(30_000);
  });

  test('a span that began before these seconds is as long as it was', async () => {
    const file = program(`
import asyncio, coroscope
async def ticks():
    while True:
        await asyncio.sleep(0.1)
async def main():
    task = asyncio.create_task(ticks())
    with coroscope.span('long'):
        await asyncio.sleep(3)
    await asyncio.sleep(0.25)
asyncio.run(main())`);
    const { trace } = await runs(file, { engine, clock: 'virtual' });
    const window = new Window(1);
    window.push(trace, 0);
    const { length, routes } = window.recent(0, t)!;
    expect(length).toBe(1);
    expect(routes).toMatchObject([{ route: 'long', ended: 1, open: 0, p95: { longer: false } }]);
    expect(routes[0].p95?.seconds).toBeCloseTo(3, 6);
  });

  test('on the real clock time goes on while nothing comes, until the program has ended', async () => {
    const all = await pieces('real');
    const window = new Window(5);
    for (const [i, piece] of all.slice(0, -1).entries()) window.push(piece, 100 + i * 1e-3);
    const now = 100 + all.length * 1e-3;
    expect(window.recent(now, t)?.ended).toBe(false);
    const later = window.recent(now + 3, t)!;
    expect(later.silent).toBeGreaterThanOrEqual(3);
    window.growing = false;
    expect(window.recent(now + 3, t)?.silent).toBe(0);
    window.growing = true;
    window.push(all.at(-1)!, now);
    expect(window.recent(now + 3, t)).toMatchObject({ silent: 0, ended: true });
  });
});

test('in a thread of its own; what cannot be read is told', async () => {
  const told = (bytes: Uint8Array) =>
    new Promise<Recent | string>((resolve) => {
      const watch = new Watch(dist, { length: 5, words: {} }, { recent: done, failed: done });
      function done(what: Recent | string) {
        watch.close();
        resolve(what);
      }
      watch.push(bytes);
    });
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, end: 1 }).done(main, 1);
  expect(await told(story.bytes())).toMatchObject({ steps: 1, ended: true });
  const bad = story.bytes();
  bad.fill(255, 40, 60);
  expect(await told(bad)).toMatch(/\S/);
});
