import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Timeline } from '../../src/core/timeline/model';
import { violations } from '../core/truths';
import { interpreters, runs } from '../engines/here';

/**
 * What is recorded of coroutines, generators and `async with` against what the program wrote down of them itself: forty programs from seeds, in
 * one run. The order within a moment of the virtual clock is not compared; everything else is.
 */
const file = resolve('test/python/coroutine_log.py');

type Line = readonly [kind: string, ...rest: (string | number)[]];

describe.each(interpreters)('coroutines by their own account: $version', ({ command, version }) => {
  test('begin, end, give and take when the program says so', async () => {
    const { timeline, stdout, stderr } = await runs(file, { engine: command, clock: 'virtual' });
    expect(stderr).toBe('');
    expect(violations(timeline)).toEqual([]);
    expect(timeline.errors.filter(({ kind }) => kind === 'tracer')).toEqual([]);
    const told = stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Line);
    expect(told.length).toBeGreaterThan(400);
    const sure = Number(version.split('.')[1]) >= 12;
    expect(sorted(recorded(timeline), sure)).toEqual(sorted(told, sure));
  });
});

function recorded(timeline: Timeline): Line[] {
  const names = new Map(timeline.tasks.map(({ id, name }) => [id, name]));
  const nodes = timeline.coroutines.filter((span) => span.code.function.endsWith('node'));
  const takers = (site: number) => timeline.sites[site]?.role === 'next';
  return [
    ...nodes.map(({ task, start, end, outcome }): Line => ['node', names.get(task) ?? '', start, end, outcome]),
    ...timeline.coroutines.flatMap(({ items = [] }) =>
      items.filter(({ site }) => takers(site)).map(({ number, given }): Line => ['item', number, given]),
    ),
    ...timeline.contexts
      .filter(({ left, exit }) => left !== undefined && exit === 'returned')
      .map(({ entering, entered, leaving, left }): Line => ['with', entering, entered!, leaving!, left!]),
  ];
}

/** Before 3.12 it cannot always be told whether what left a coroutine was a cancellation. */
function sorted(lines: readonly Line[], sure: boolean): string[] {
  return lines.map((line) => line.map((part) => (sure || part !== 'cancelled' ? part : 'raised')).join(' ')).sort();
}
