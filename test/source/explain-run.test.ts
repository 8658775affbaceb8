import { describe, expect, test } from 'vitest';
import { lineRun } from '../../src/core/explain/run';
import { explainRun } from '../../src/core/explain/run-words';
import { sameFile } from '../../src/core/places/same-file';
import { type Segments, State, type Task, type Timeline } from '../../src/core/timeline/model';
import { type Code, causeKinds, type Site } from '../../src/core/trace/records';
import { translator } from '../../src/core/translate';
import { awaitSites } from '../../src/source/await-sites';

const t = translator(undefined);
const text = `import asyncio
async def inner():
    await asyncio.sleep(1)
async def main():
    a = await inner(); await inner()
async def unused():
    await inner()
`;
const [sleep, first, second, unused] = awaitSites(text);

const code = (name: string, file = '/w/a.py'): Code => ({
  file,
  function: name,
  firstLine: 1,
  kind: 'coroutine',
  user: true,
});
const site = (parent: number, name: string, line: number, column: number | null): Site => ({
  parent,
  code: code(name),
  line,
  column,
  endLine: line,
  endColumn: null,
});

/** One task that suspends at each of these sites in turn: [innermost site, seconds, waker, cause]. */
function timeline(sites: Site[], rows: [site: number, seconds: number, waker: number, cause: string][]): Timeline {
  const columns: { state: number; start: number; end: number; site: number; about: number; cause: number }[] = [];
  let at = 0;
  for (const [where, seconds, waker, cause] of rows) {
    columns.push({ state: State.suspended, start: at, end: at + seconds, site: where, about: 1, cause: 0 });
    at += seconds;
    columns.push({
      state: State.ready,
      start: at,
      end: at,
      site: 0,
      about: waker,
      cause: causeKinds.indexOf(cause as never),
    });
  }
  const column = (name: keyof (typeof columns)[0]) => columns.map((row) => row[name]);
  const segments = {
    count: columns.length,
    task: new Uint32Array(columns.length),
    state: Uint8Array.from(column('state')),
    start: Float64Array.from(column('start')),
    end: Float64Array.from(column('end')),
    site: Uint32Array.from(column('site')),
    about: Uint32Array.from(column('about')),
    cause: Uint8Array.from(column('cause')),
    startStep: Uint32Array.from(columns, (_, i) => i),
    endStep: Uint32Array.from(columns, (_, i) => i + 1),
  } as unknown as Segments;
  const task = { id: 7, name: 'T', coroutine: 'main', first: 0, count: columns.length } as Task;
  const other = { id: 8, name: 'waker `x`', coroutine: 'main', first: columns.length, count: 0 } as Task;
  return {
    tasks: [task, other],
    segments,
    steps: columns.length,
    sites: [undefined, ...sites],
    callbacks: [],
    deadlines: [],
    jobs: [],
    idle: [],
    waits: [undefined, { kind: 'sleep', label: 'sleep 1 s', fields: {} }],
    coroutines: [{ code: code('main') }, { code: code('inner') }],
  } as unknown as Timeline;
}

const chain = [site(0, 'main', 5, 8), site(1, 'inner', 3, 4), site(0, 'main', 5, 23), site(3, 'inner', 3, 4)];
const run = timeline(chain, [
  [2, 1, 0, 'timer'],
  [4, 2, 8, 'task'],
]);

describe('what a line did', () => {
  test('the innermost line has all of it', () => {
    expect(lineRun(run, '/w/a.py', sleep)).toMatchObject({
      visits: new Uint32Array([0, 2]),
      total: 3,
      longest: 2,
      open: 0,
    });
  });

  test('two awaits on one line are told apart by their columns', () => {
    expect(lineRun(run, '/w/a.py', first)).toMatchObject({ visits: new Uint32Array([0]), total: 1 });
    expect(lineRun(run, '/w/a.py', second)).toMatchObject({ visits: new Uint32Array([2]), total: 2 });
  });

  test('without columns they are taken together', () => {
    const old = timeline(
      chain.map((frame) => ({ ...frame, column: null })),
      [
        [2, 1, 0, 'timer'],
        [4, 2, 8, 'task'],
      ],
    );
    expect(lineRun(old, '/w/a.py', first).visits.length).toBe(2);
  });

  test('another file is another line', () => expect(lineRun(run, '/w/b.py', sleep).visits.length).toBe(0));

  test('a function that never ran is said to be one', () => {
    expect(explainRun(lineRun(run, '/w/a.py', unused), t)).toEqual(['The function around it never ran.']);
  });

  test('in words', () => {
    expect(explainRun(lineRun(run, '/w/a.py', sleep), t).join(' ')).toBe(
      '`T` waited here 2 times, 3 s in all, 2 s at the longest. It waited for `sleep 1 s` ×2. Woken by a timer that was due, `` waker `x` ``. Meanwhile nothing else ran.',
    );
  });

  test('a step that yields wakes its own task', () => {
    const yielding = timeline(chain, [[2, 0, 7, 'task']]);
    expect(explainRun(lineRun(yielding, '/w/a.py', sleep), t).join(' ')).toContain('Woken by itself');
  });
});

test('one file, however it is written', () => {
  expect(sameFile('C:\\a\\b.py', 'c:/a/b.py')).toBe(true);
  expect(sameFile('/a/b.py', '/a/B.py')).toBe(false);
});
