import { describe, expect, test } from 'vitest';
import { compareTimelines } from '../../../src/core/compare/compare';
import { beyond, type KeptRun, keptRun, readKeptRun } from '../../../src/core/history/kept-run';
import { verdictOf } from '../../../src/core/history/verdict';
import { comparisonText } from '../../../src/core/text/compare-text';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import * as scenes from '../../webview/browser/scenes';
import { TraceStory } from '../encode';

const t = translator(undefined);

/** A main task that makes one task for each sleep and waits for all of them. */
function sleepers(...sleeps: readonly (readonly [name: string, seconds: number])[]): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  const tasks = sleeps.map(([name]) => story.task(name, 'fry', 0, main, 12));
  const wait = ['gather', `gather of ${tasks.length}`, { members: tasks }] as const;
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:12:4'], wait });
  sleeps.forEach(([, delay], i) => {
    const wait = ['sleep', `sleep ${delay} s`, { delay }] as const;
    story.step(tasks[i], { start: 0, cause: 'created', by: main, seq: 0, stands: ['fry:6:4'], wait });
  });
  let now = 0;
  for (const i of sleeps.map((_, i) => i).sort((a, b) => sleeps[a][1] - sleeps[b][1])) {
    const next = sleeps[i][1];
    if (next > now) story.idle(now, next);
    story.callback('Future.set_result', next).done(tasks[i], next, 'result', 'None');
    story.step(tasks[i], { start: next, cause: 'timer' });
    now = next;
  }
  story.done(main, now, 'result', 'None');
  story.step(main, { start: now, cause: 'task', by: tasks.at(-1) });
  return story.bytes();
}

function sides(before: Uint8Array, after: Uint8Array): { before: string; after: string } {
  const comparison = compareTimelines(readTimeline(before), readTimeline(after));
  const names = { before: 'first', after: 'second' };
  return {
    before: comparisonText(comparison, 'before', names, t),
    after: comparisonText(comparison, 'after', names, t),
  };
}

describe('comparing two runs', () => {
  test('a run is the same as itself', () => {
    const { before, after } = sides(scenes.gather(), scenes.gather());
    expect(before).toBe(after);
    expect(before).toContain('Every task took the same time for the same things.');
  });

  test('tells what changed, what is new, what is gone, and what came in another order', () => {
    const { before, after } = sides(
      sleepers(['eggs', 2], ['bacon', 3], ['toast', 1]),
      sleepers(['eggs', 5], ['bacon', 3], ['tea', 1]),
    );
    expect(after).toMatchInlineSnapshot(`
      "A  first
      B  second

      the whole run         3 s → 5 s (+2 s)
      running, all tasks    0 s
      ready, all tasks      0 s
      suspended, all tasks  9 s → 14 s (+5 s)
      tasks                 4

      What changed

        Task-1 (main)  took 3 s → 5 s (+2 s) · suspended 3 s → 5 s (+2 s)
          eggs (fry)   took 2 s → 5 s (+3 s) · suspended 2 s → 5 s (+3 s)
          toast (fry)  only in A: 1 s
          tea (fry)    only in B: 1 s

      They ended in another order

        A  eggs, bacon, Task-1
        B  bacon, eggs, Task-1

      Task by task

      Task-1 (main)
        outcome    done
        took       5 s
        running    0 s
        ready      0 s
        suspended  5 s
          line 12  gather of 3 · 5 s

        eggs (fry)
          outcome    done
          took       5 s
          running    0 s
          ready      0 s
          suspended  5 s
            line 6  sleep 5 s · 5 s

        bacon (fry)
          outcome    done
          took       3 s
          running    0 s
          ready      0 s
          suspended  3 s
            line 6  sleep 3 s · 3 s

        tea (fry)
          outcome    done
          took       1 s
          running    0 s
          ready      0 s
          suspended  1 s
            line 6  sleep 1 s · 1 s
      "
    `);
    const [summary] = before.split('Task by task');
    expect(after.startsWith(summary)).toBe(true);
    expect(before).toContain('toast');
    expect(before.split('Task by task')[1]).not.toContain('tea');
  });

  test('numbered tasks are matched by what they run, in the order in which they were made', () => {
    const before = readTimeline(sleepers(['Task-2', 1], ['Task-3', 2]));
    const after = readTimeline(sleepers(['extra', 1], ['Task-3', 1], ['Task-4', 2]));
    const pairs = compareTimelines(before, after).rows.map((row) => [row.before?.name, row.after?.name]);
    expect(pairs).toEqual([
      ['Task-1', 'Task-1'],
      ['Task-2', 'Task-3'],
      ['Task-3', 'Task-4'],
      [undefined, 'extra'],
    ]);
  });
});

describe('the history of runs', () => {
  const about = { file: '/work/a.py', source: 'pass', root: '/work', engine: 'Python', reason: '', bytes: 10 };
  const kept = (id: string, when: number, bytes = 10): KeptRun =>
    keptRun(readTimeline(scenes.gather()), { ...about, id, when, bytes });

  test('what is written can be read, and nothing else', () => {
    const run = kept('a-1', 5);
    expect(run).toMatchObject({ duration: 2, tasks: 3, verdict: 'ended', clock: 'virtual' });
    expect(readKeptRun(JSON.stringify(run))).toEqual(run);
    for (const bad of ['', '{', 'null', '[]', '{"id":"a"}', JSON.stringify({ ...run, id: '../../secret' })])
      expect(readKeptRun(bad), bad).toBeUndefined();
  });

  test('the oldest go first, until the rest fits', () => {
    const runs = [kept('b', 2), kept('d', 4), kept('a', 1), kept('c', 3)];
    const ids = (limit: number, most = 100) => beyond(runs, limit, most).map(({ id }) => id);
    expect(ids(40)).toEqual([]);
    expect(ids(39)).toEqual(['a']);
    expect(ids(20)).toEqual(['a', 'b']);
    expect(ids(0)).toEqual(['a', 'b', 'c', 'd']);
    expect(ids(40, 3)).toEqual(['a']);
    const large = [kept('old', 1, 1), kept('large', 2, 50), kept('new', 3, 1)];
    expect(beyond(large, 40, 9).map(({ id }) => id)).toEqual(['old', 'large']);
  });

  test('the verdict is the worst that can be said', () => {
    const of = (bytes: Uint8Array) => verdictOf(readTimeline(bytes));
    expect(of(scenes.gather())).toBe('ended');
    expect(of(scenes.blocking())).toBe('findings');
    expect(of(scenes.gather().subarray(0, -30))).toBe('stopped');
  });
});
