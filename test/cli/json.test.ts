import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { afterAll, describe, expect, test } from 'vitest';
import type { SegmentJson, TimelineJson } from '../../src/core/json/format';
import { timelineJson } from '../../src/core/json/json';
import { jsonText } from '../../src/core/json/write';
import { disposeEngines } from '../../src/engines/run';
import { interpreters, program, runs } from '../engines/here';

const validate = new Ajv({
  allErrors: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
}).compile(JSON.parse(readFileSync('docs/timeline.schema.json', 'utf8')));
afterAll(disposeEngines);

function pythons(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.py'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

const programs = [...pythons('examples'), ...pythons('test/programs')];
const engine = interpreters.at(-1);

describe.each(programs)('%s', (name) => {
  test('its JSON keeps to the schema, in both ways of writing it', async () => {
    const { timeline } = await runs(resolve(name), { engine: 'auto' }).catch((error) => {
      if (interpreters.length === 0) return { timeline: undefined };
      throw error;
    });
    if (!timeline) return;
    const json = timelineJson(timeline);
    validate(json);
    expect(validate.errors ?? []).toEqual([]);
    const text = [...jsonText(timeline)].join('');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)));
    checkCover(json);
  });
});

/** Segments cover created → ended without gap or overlap, as the document says. */
function checkCover({ tasks, duration }: TimelineJson): void {
  for (const { created, ended, segments } of tasks) {
    const ends = [created, ...segments.map(({ end }) => end)];
    segments.forEach(({ start, end }, i) => {
      expect(start).toBe(ends[i]);
      expect(end).toBeGreaterThanOrEqual(start);
    });
    if (segments.length > 0) expect(ends.at(-1)).toBe(ended ?? duration);
  }
}

const source = `
import asyncio
async def inner():
    await asyncio.sleep(2)
async def outer():
    await inner()
async def main():
    task = asyncio.create_task(outer(), name="worker")
    await asyncio.sleep(1)
    await task
asyncio.run(main())
`;

describe.each(['embedded', ...(engine ? [engine.command] : [])])('the words of the issue: %s', (which) => {
  test('tasks, segments, chains, causes', async () => {
    const file = program(source);
    const json = timelineJson((await runs(file, { engine: which, clock: 'virtual' })).timeline);
    const [main, worker] = json.tasks;
    expect(main).toMatchObject({
      id: 1,
      coroutine: 'main',
      parent: null,
      created: 0,
      outcome: { kind: 'result', text: 'None' },
    });
    expect(worker).toMatchObject({
      id: 2,
      name: 'worker',
      coroutine: 'outer',
      parent: 1,
      site: { file, line: 8, function: 'main', user: true },
    });
    const states = (segments: readonly SegmentJson[]) => segments.map(({ state }) => state);
    expect(states(worker.segments)).toEqual(['ready', 'running', 'suspended', 'ready', 'running']);
    const [created, , suspended, woken] = worker.segments;
    expect(created.cause).toMatchObject({ kind: 'created', task: 1 });
    expect(woken.cause).toMatchObject({ kind: 'timer' });
    expect(suspended).toMatchObject({ start: 0, end: 2, waitingFor: { kind: 'sleep', delay: 2 } });
    expect(suspended.chain?.filter(({ user }) => user).map(({ function: name, line }) => [name, line])).toEqual([
      ['outer', 6],
      ['inner', 4],
    ]);
    const waits = main.segments.filter(({ state }) => state === 'suspended').map(({ waitingFor }) => waitingFor);
    expect(waits).toMatchObject([
      { kind: 'sleep', delay: 1 },
      { kind: 'task', task: 2 },
    ]);
    expect(json.coroutines.map(({ function: name, awaiter, task }) => [name, awaiter, task])).toEqual(
      expect.arrayContaining([
        ['main', null, 1],
        ['outer', null, 2],
        ['inner', expect.any(Number), 2],
      ]),
    );
  });
});
