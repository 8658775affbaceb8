import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lineRun } from '../../../src/core/explain/run';
import { explainRun } from '../../../src/core/explain/run-words';
import { visitPicture } from '../../../src/core/explain/visit-picture';
import { paletteOf } from '../../../src/core/palette';
import { sitesAt } from '../../../src/core/places/sites-at-line';
import { visitsOf } from '../../../src/core/places/visits';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { awaitSites } from '../../../src/source/await-sites';
import { TraceStory } from '../encode';

const FILE = '/project/demo.py';
const SLEEP = ['sleep', 'sleep 1 s'] as const;

/** Two tasks that sleep at line 3; one has to wait for its turn, since the other burns time. */
function twoSleepers(name = 'one') {
  const story = new TraceStory(FILE, 'real');
  const one = story.task(name, 'main', 0);
  const two = story.task('two', 'main', 0);
  for (const task of [one, two]) story.step(task, { start: 0, cause: 'created', stands: ['main:3:4'], wait: SLEEP });
  story.idle(0, 1);
  story.step(one, { ready: 1, start: 1, end: 3 }).done(one, 3);
  story.step(two, { ready: 1, start: 3, end: 3 }).done(two, 3);
  return readTimeline(story.bytes());
}

const visits = (timeline = twoSleepers()) => visitsOf(timeline).among(sitesAt(timeline, FILE, 3)!);

describe('the picture of a line', () => {
  test('a row a task: its stay, its wait for a turn, the step it went on with', () => {
    const timeline = twoSleepers();
    const { svg } = visitPicture(timeline, visits(timeline), paletteOf('light'))!;
    const rows = [...svg.matchAll(/<rect [^>]*>/g)].map(([rect]) => rect);
    const widths = rows.map((rect) => Number(/ width="([\d.]+)"/.exec(rect)?.[1]));
    const [second] = widths;
    const inSeconds = widths.slice(0, -1).map((width) => Math.round(width / second));
    expect(inSeconds).toEqual([1, 2, 1, 2]);
    // The step that took no time is seen.
    expect(widths.at(-1)).toBe(2);
    expect(rows.filter((rect) => rect.includes('url(#h1)'))).toHaveLength(1);
    expect(svg).toContain('>0 s<');
    expect(svg).toContain('>3 s<');
  });

  test('a name that a program chooses is text', () => {
    const timeline = twoSleepers('<img>"\u0000');
    const { svg } = visitPicture(timeline, visits(timeline), paletteOf('dark'))!;
    expect(svg).toMatch(/&#60;img&#62;&#34;[^<]?</u);
    expect(svg).not.toContain('<img');
  });

  test('tasks are called by what they run, here as in the lanes; a long one keeps its arguments', () => {
    const story = new TraceStory(FILE);
    const [one, two] = ['eggs', 'bacon with beans'].map((what, i) => {
      const task = story.task(`Task-${i + 1}`, 'fry', 0);
      story.called(task, `'${what}', ${i + 2}`);
      return task;
    });
    for (const task of [one, two]) story.step(task, { start: 0, cause: 'created', stands: ['main:3:4'], wait: SLEEP });
    story.idle(0, 1);
    for (const task of [one, two]) story.step(task, { start: 1 }).done(task, 1);
    const timeline = readTimeline(story.bytes());
    const { svg } = visitPicture(timeline, visits(timeline), paletteOf('dark'))!;
    expect([...svg.matchAll(/text-anchor="end" fill="[^"]*">([^<]*)</g)].slice(0, 2).map(([, name]) => name)).toEqual([
      'fry(&#39;eggs&#39;, 2)',
      'fry(&#39;bac…ans&#39;, 3)',
    ]);
    const [site] = awaitSites('async def main():\n    # fry\n    await sleep(1)');
    const [said] = explainRun(lineRun(timeline, FILE, site), translator(undefined));
    expect(said).toBe(
      "`fry('eggs', 2)`, `fry('bacon with beans', 3)` waited here 2 times, 2 s in all, 1 s at the longest.",
    );
  });

  test('no visits, no picture', () =>
    expect(visitPicture(twoSleepers(), new Uint32Array(0), paletteOf('dark'))).toBeUndefined());
});

test('who ran meanwhile, in shares of the time in which anybody stood there', () => {
  const [site] = awaitSites('import asyncio\nasync def main():\n    await asyncio.sleep(1)\n');
  const timeline = twoSleepers();
  const words = explainRun(lineRun(timeline, FILE, site), translator(undefined)).join(' ');
  expect(words).toContain('`one`, `two` waited here 2 times, 2 s in all, 1 s at the longest.');
  expect(words).toContain('Meanwhile');
});

test('the colours are those of the panel', () => {
  const [light, dark] = readFileSync('webview/page/tokens.css', 'utf8').split('.vscode-dark');
  const colors = (text: string) => [...text.matchAll(/--task-\d: (#\w+);/g)].slice(0, 8).map(([, color]) => color);
  expect(paletteOf('light').tasks).toEqual(colors(light));
  expect(paletteOf('dark').tasks).toEqual(colors(dark));
});
