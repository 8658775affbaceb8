import { expect, test } from 'vitest';
import { compareTimelines } from '../../../src/core/compare/compare';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { readTimeline } from '../../../src/core/timeline/build';
import { compactWaits } from '../../../src/core/trace/compact-waits';
import { Definitions, known } from '../../../src/core/trace/definitions';
import { translator } from '../../../src/core/translate';
import { tasksAsText } from '../../../src/core/words/tasks';
import { TraceStory } from '../encode';

/** What was found by reading traces that lie (`test/fuzz`), each kind once. */

const t = translator(undefined);

test('tasks that made each other, or themselves, end as trees: whoever walks them comes to an end', () => {
  const story = new TraceStory();
  const first = story.task('first', 'main', 0, 2);
  const second = story.task('second', 'main', 0, 1);
  const own = story.task('own', 'main', 0, 3);
  for (const task of [first, second, own]) story.step(task, { start: 0 }).done(task, 0);
  const timeline = readTimeline(story.bytes());
  expect(timeline.tasks.map(({ parent }) => parent)).toEqual([0, 1, 0]);
  expect(tasksAsText(timeline, t).split('\n')).toHaveLength(4);
  expect(compareTimelines(timeline, timeline).rows).toHaveLength(3);
  expect(buildLanes(timeline).roots).toEqual([0, 2]);
});

test('definitions have the types that they are declared with, whatever a file says', () => {
  const definitions = new Definitions();
  definitions.read(
    [
      ['str', 1, { a: 1 }],
      ['code', 1, 'x', -1, '7', 'spell', 'yes'],
      ['site', 2, 9, 1, '12', -4, 1e300, [], 'enter', 'none', 5, 1],
      ['wait', 1, 5, null, { delay: 'long', task: -1, members: [1, '2', null], resource: {}, own: 'kept' }],
      ['resource', 1, 7, null, { site: 'x', maxsize: -1 }],
      ['job', 1, 'magic', 4],
      ['group', 1, null],
      ['site', 1.5],
      ['site', '3'],
    ]
      .map((row) => JSON.stringify(row))
      .join('\n'),
  );
  expect(definitions.strings[1]).toBe('?');
  const code = { file: '', function: '', firstLine: 0, kind: 'other', user: false };
  expect(definitions.codes[1]).toEqual(code);
  expect(definitions.sites).toEqual([
    undefined,
    undefined,
    { parent: 0, code, line: 0, column: null, endLine: null, endColumn: null, role: 'enter' },
  ]);
  expect(definitions.waits[1]).toEqual({ kind: '?', label: '?', fields: { members: [1], own: 'kept' } });
  expect(definitions.resources[1]).toMatchObject({ kind: '?', name: '?', site: 0, maxsize: undefined });
  expect(definitions.jobs[1]).toEqual({ kind: 'executor', label: '?' });
  expect(definitions.groups[1]).toEqual({ id: 1, kind: '?' });
});

test('the record of a service that has counted a thousand million waits reads like any other', () => {
  const definitions = new Definitions();
  definitions.read(
    `["wait", 1000000000, "sleep", "sleep 1 s", {"delay": 1}]\n["resource", 2000000000, "lock", "lock a", {}]`,
  );
  const steps = { count: 3, wait: Uint32Array.of(1_000_000_000, 0, 7) };
  const events = { count: 2, kind: Uint32Array.of(40, 5), c: Uint32Array.of(1_000_000_000, 1_000_000_000) };
  const waits = compactWaits(definitions.waits, { steps, events } as never);
  expect(waits).toEqual([undefined, { kind: 'sleep', label: 'sleep 1 s', fields: { delay: 1 } }]);
  expect([...steps.wait]).toEqual([1, 0, 0]);
  expect([...events.c]).toEqual([1, 1_000_000_000]);
  expect(known(definitions.resources)).toMatchObject([{ id: 2_000_000_000, name: 'lock a' }]);
});
