import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingText } from '../../../src/core/findings/finding-list';
import { problemsOf } from '../../../src/core/findings/findings';
import { jsonText } from '../../../src/core/json/write';
import { timelineText } from '../../../src/core/text/text';
import { readTimeline } from '../../../src/core/timeline/build';
import { State } from '../../../src/core/timeline/model';
import { TraceError } from '../../../src/core/trace/trace-error';
import { translator } from '../../../src/core/translate';

/** Traces of `kept/orders.py` as tracers of before wrote them, each named by the commit. Whoever changes the format adds one of the tracer before. */
const folder = 'test/core/trace/kept';
const OF_FORMAT_1 = '18c8ccf.coroscope';
const kept = readdirSync(folder).filter((name) => name.endsWith('.coroscope') && name !== OF_FORMAT_1);
const t = translator(undefined);

test.each(kept)('%s is read as it was meant', (name) => {
  const timeline = readTimeline(readFileSync(`${folder}/${name}`));
  expect(timeline.meta).toMatchObject({ python: '3.12.1', clock: 'virtual', program: 'orders.py' });
  expect(timeline.truncated).toBeUndefined();
  expect(timeline.exit).toBe(0);
  expect(timeline.duration).toBeCloseTo(4.5, 6);
  const cooks = timeline.tasks.filter(({ coroutine }) => coroutine.includes('cook'));
  expect(cooks.map(({ created, ended }) => [created, ended].map((at) => Math.round(at * 10) / 10))).toEqual([
    [0, 2],
    [0, 3],
  ]);
  expect(timeline.tasks.some((task) => task.name === 'waiter')).toBe(true);
  expect(timeline.tasks.find(({ coroutine }) => coroutine.includes('burn'))?.outcome).toMatchObject({
    kind: 'exception',
    text: 'ValueError: burnt',
  });
  expect(timeline.output.map(({ text }) => text).join('')).toBe(
    'served eggs\nserved toast\ntoo late\nfailed with burnt\n',
  );
  const { segments } = timeline;
  const { first, count } = cooks[1];
  let waited = 0;
  for (let i = first; i < first + count; i++)
    if (segments.state[i] === State.suspended) waited += segments.end[i] - segments.start[i];
  expect(waited).toBeCloseTo(3, 6);
});

test.each(kept)('%s is shown in every way', (name) => {
  const timeline = readTimeline(readFileSync(`${folder}/${name}`));
  const text = timelineText(timeline, { width: 100, colour: false, ascii: false, translate: t, root: '', story: true });
  for (const words of ['lock stove', 'queue.get() on queue', "→ 'eggs'", 'too late']) expect(text).toContain(words);
  const json = JSON.parse([...jsonText(timeline)].join(''));
  expect(json.tasks.length).toBeGreaterThan(4);
  for (const problem of problemsOf(timeline)) expect(findingText(timeline, problem, '', t)).not.toContain('undefined');
});

test('format 1, which nobody was given, is refused with what to do', () => {
  const open = () => readTimeline(readFileSync(`${folder}/${OF_FORMAT_1}`));
  expect(open).toThrow(TraceError);
  expect(open).toThrow(
    'The trace was written by an older Coroscope (format 1; this one reads 2). Record the program again.',
  );
});
