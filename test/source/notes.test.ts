import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { chainOf } from '../../src/core/places/chain';
import { State, type Task, type Timeline } from '../../src/core/timeline/model';
import { planNoteText } from '../../src/core/trace/plan-notes';
import { translator } from '../../src/core/translate';
import { waitLabel } from '../../src/core/words/waits';
import { disposeEngines } from '../../src/engines/run';
import { Blocks } from '../../src/source/blocks';
import type { SourceDocument } from '../../src/source/document';
import type { Plan } from '../../src/source/plan';
import { firstCode, planText } from '../../src/source/plan-words';
import { runs } from '../engines/here';

/**
 * Notes as people write them: for each block, what would be run, what Coroscope says about it, and the result.
 * `npx vitest run test/source/notes.test.ts -u` writes the expectations anew.
 */
const folder = resolve('test/source/notes');
const english = translator(undefined);
const names = readdirSync(folder).filter((name) => /\.(md|ipynb|py)$/.test(name));
afterAll(disposeEngines);

describe.each(names)('%s', (name) => {
  const file = join(folder, name);
  const document = { file, text: readFileSync(file, 'utf8') };
  const blocks = Blocks.of(document)!;

  test('plans and timelines', async () => {
    const shown: string[] = [];
    for (let i = 0; i < blocks.all.length; i++) {
      const reading = blocks.all[i]();
      const plan = blocks.plan(i);
      shown.push(`#${i + 1} line ${reading.block.first}: ${firstCode(reading)}`, `  ${planText(plan, english)}`);
      if (plan.kind === 'pieces') shown.push(...(await outcome(document, plan)).map((line) => `  ${line}`));
      shown.push('');
    }
    await expect(shown.join('\n')).toMatchFileSnapshot(join(folder, `${name}.txt`));
  });
});

test('there are sixty blocks and more', () => {
  const all = names.map(
    (name) => Blocks.of({ file: name, text: readFileSync(join(folder, name), 'utf8') })!.all.length,
  );
  expect(all.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(60);
});

async function outcome({ file }: SourceDocument, plan: Extract<Plan, { kind: 'pieces' }>): Promise<string[]> {
  const { kind: _, ...order } = plan;
  const pieces = { program: file, file, folder, ...order };
  const { timeline, stdout } = await runs(file, { engine: 'embedded', pieces });
  expect(timeline.meta.notes).toEqual(plan.notes);
  return [
    ...plan.notes.map((note) => `note: ${planNoteText(note, english)}`),
    ...stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => `says: ${line}`),
    ...timeline.tasks.flatMap((task) => taskLines(timeline, task)),
    ...timeline.errors.map((error) => `error: ${error.type}: ${error.message}${lineOf(error.traceback)}`),
    ...(timeline.truncated ? [`stopped: ${timeline.truncated.reason}`] : []),
  ];
}

function taskLines(timeline: Timeline, task: Task): string[] {
  if (task.code && !task.code.user && task.coroutine.startsWith('BaseEventLoop.')) return [];
  const waits: string[] = [];
  for (let i = task.first; i < task.first + task.count; i++) {
    const { state, site, start, end } = timeline.segments;
    if (state[i] !== State.suspended) continue;
    const lines = chainOf(timeline, site[i])
      .filter(({ code }) => code.user)
      .map(({ line }) => line);
    waits.push(`${waitLabel(timeline, i)} ${seconds(start[i])}…${seconds(end[i])} at ${lines.join('>')}`);
  }
  const { kind } = task.outcome;
  return [`${task.name} ${task.coroutine}: ${[...waits, kind].join(', ')}`];
}

function seconds(time: number): string {
  return String(Number(time.toFixed(3)));
}

/** The last line of the program's own that a traceback or a SyntaxError names. */
function lineOf(traceback: string): string {
  const places = [...traceback.matchAll(/File ".*?notes[^"]*", line (\d+)/g)];
  return places.length > 0 ? ` (line ${places.at(-1)![1]})` : '';
}
