import { describe, expect, test } from 'vitest';
import { timelineText } from '../../src/core/text/text';
import { columnsOf, cut, cutFolders } from '../../src/core/text/width';
import { readTimeline } from '../../src/core/timeline/build';
import { translator } from '../../src/core/translate';
import { TraceStory } from '../core/encode';

const options = { width: 80, colour: false, ascii: false, translate: translator(undefined), root: '/project' };
const draw = (story: TraceStory, more = {}) => timelineText(readTimeline(story.bytes()), { ...options, ...more });

/** main starts two tasks and waits for them; on the virtual clock. */
function brews(names: readonly [string, string] = ['tea', 'coffee']): TraceStory {
  const story = new TraceStory();
  story.engine = 'embedded';
  const main = story.task('Task-1', 'main', 0);
  const first = story.task(names[0], 'brew', 0, main, 11);
  const second = story.task(names[1], 'brew', 0, main, 11);
  const sleep = (delay: number) => ({
    stands: ['brew:5:4', '~sleep:9:8'],
    wait: ['sleep', `sleep ${delay} s`, { delay }] as const,
  });
  story.step(main, {
    start: 0,
    cause: 'created',
    stands: ['main:11:4'],
    wait: ['gather', 'gather', { members: [first, second] }],
  });
  story.print('tea starts\n', 0, first);
  story.step(first, { start: 0, cause: 'created', by: main, seq: 0, ...sleep(1) });
  story.step(second, { start: 0, cause: 'created', by: main, seq: 0, ...sleep(2) });
  story.idle(0, 1);
  story.step(first, { start: 1 }).done(first, 1, 'result', "'tea'");
  story.idle(1, 2);
  story.step(second, { start: 2 }).done(second, 2, 'exception', 'ValueError: cold');
  story.step(main, { start: 2, cause: 'task', by: second }).done(main, 2);
  return story;
}

test('the whole picture', () => {
  expect(draw(brews())).toMatchInlineSnapshot(`
    "demo.py  embedded Python 3.14.0 · virtual clock · 3 tasks · 2 s · exit code 0

    In time — every column is the same amount of time
                    0 s             0.5 s           1.0 s           1.5 s      2.0 s
                    ┬───────────────┬───────────────┬───────────────┬──────────────┬
    event loop      ┃·· idle 1 s ···················┃·· idle 1 s ··················┃
    Task-1 main   ✓ ┃── gather ────────────────────────────────────────────────────┃
    ├ tea brew    ✓ ┃── sleep 1 s ──────────────────┃ → 'tea'
    └ coffee brew ✗ ┃── sleep 2 s ─────────────────────────────────────────────────┃
    output          •

    Step by step — every step of the event loop has the same width
    time            0 s                             1 s             2 s
    event loop      Task-1  tea     coffee  1 s     tea     1 s     coffee  Task-1
    Task-1 main   ✓ ████████─ gather ───────────────────────────────────────████████
    ├ tea brew    ✓         ████████─ sleep 1 s ────████████
    └ coffee brew ✗         ▒▒▒▒▒▒▒▒████████─ sleep 2 s ────────────████████
    output                  tea starts

    █ running  ┃ running briefly  ▒ ready, waits for its turn
    ─ suspended at an await  ╎ callback  ✓ done  ✗ failed  ⊘ cancelled  • output
    → result

    Output, in time
     0 s  tea │ tea starts
    "
  `);
});

test('ASCII', () => {
  const text = draw(brews(), { ascii: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about all of ASCII
  expect(text).toMatch(/^[\x00-\x7f]*$/);
  expect(text).toContain('# running  | running briefly  + ready, waits for its turn');
});

test('colour adds nothing but colour', () => {
  const coloured = draw(brews(), { colour: true });
  expect(coloured).toContain('\u001b[');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such
  expect(coloured.replaceAll(/\u001b\[[0-9;]*m/g, '')).toBe(draw(brews()));
});

describe('width', () => {
  test.each([48, 60, 80, 120, 200])('no line of the charts is wider than %d columns', (width) => {
    for (const names of [
      ['tea', 'coffee'],
      ['홍차 우리는 태스크', '커피'],
      ['x'.repeat(300), '🍵🍵🍵'],
    ] as const) {
      for (const line of draw(brews(names), { width }).split('\n')) {
        expect(columnsOf(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  test('Korean, Chinese, emoji and combining marks', () => {
    expect([columnsOf('abc'), columnsOf('빵집'), columnsOf('漢字'), columnsOf('🍵'), columnsOf('e\u0301')]).toEqual([
      3, 4, 4, 2, 1,
    ]);
    expect(cut('빵집 손님', 6)).toBe('빵집 …');
    expect(columnsOf(cut('빵집 손님', 6))).toBeLessThanOrEqual(6);
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abc', 0)).toBe('');
  });

  test('where a path is long its outer folders give way, not what is told of the run', () => {
    const [heading] = draw(brews(), { root: '/elsewhere', width: 82 }).split('\n');
    expect(heading).toBe('…/demo.py  embedded Python 3.14.0 · virtual clock · 3 tasks · 2 s · exit code 0');
    expect(cutFolders('/home/ada/작업/demo.py', 30)).toBe('/home/ada/작업/demo.py');
    expect(cutFolders('/home/ada/작업/demo.py', 18)).toBe('…/ada/작업/demo.py');
    expect(cutFolders('/home/ada/작업/demo.py', 17)).toBe('…/작업/demo.py');
    expect(cutFolders('C:\\Users\\ada\\demo.py', 12)).toBe('…\\demo.py');
    expect(cutFolders('/home/demo.py', 3)).toBe('…/demo.py');
    expect(cutFolders('demo.py', 3)).toBe('demo.py');
  });

  test('lanes of Korean names stand below one another', () => {
    const lines = draw(brews(['빵집', 'shop'])).split('\n');
    const column = (line: string) => columnsOf(line.slice(0, line.indexOf('┃')));
    const lanes = lines.filter((line) => /brew ?.*┃/.test(line));
    expect(new Set(lanes.map(column)).size).toBe(1);
  });
});

test('names and output cannot move the cursor or break lines', () => {
  const story = brews(['\u001b[31mred\nname', '\r\t\u0007bell']);
  story.print('\u001b[2Jgone\u0000\r', 2);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is about those
  expect(draw(story)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
});

test('what was not recorded is said', () => {
  const story = brews();
  expect(timelineText(readTimeline(story.bytes({ ended: false })), options)).toContain('⚠ The recording is cut off');
  story.stop('steps', 'Stopped after 3 steps.', 2);
  expect(draw(story)).toContain('⚠ Stopped at the limit of steps. --max-steps N changes this limit (0: no limit).');
});

test('errors, with where they belong', () => {
  const story = brews();
  story.error('ValueError', 'cold', 2, 3, 3);
  expect(draw(story)).toContain('✗ ValueError: cold  its exception was never retrieved · in coffee');
});

test('no loop at all', () => {
  expect(draw(new TraceStory())).toContain('No task ran: the program started no event loop.');
});

test('a hundred thousand segments and lines take a moment and stay short', () => {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  for (let i = 0; i < 35_000; i++) {
    story.print(`line ${i}\n`, i / 1000, main);
    story.step(main, { start: i / 1000, stands: ['main:3:4'], wait: ['sleep', 'sleep 1 ms', { delay: 0.001 }] });
  }
  const timeline = readTimeline(story.bytes());
  expect(timeline.segments.count).toBeGreaterThan(69_000);
  const text = timelineText(timeline, options);
  expect(text.split('\n').length).toBeLessThan(80);
  expect(text).toContain('… 34960 more lines …');
});
