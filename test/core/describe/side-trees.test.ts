import { describe, expect, test } from 'vitest';
import { type TaskForest, type TreeNode, taskForest, taskMoment } from '../../../src/core/describe/task-tree';
import { findingKinds, findingText, seriousCount } from '../../../src/core/findings/finding-list';
import { problemsOf } from '../../../src/core/findings/findings';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import * as scenes from '../../webview/browser/scenes';
import { TraceStory } from '../encode';

const t = translator(undefined);

function shown(forest: TaskForest, nodes: readonly TreeNode[] = forest.roots, indent = ''): string[] {
  return nodes.flatMap((node) => [
    indent + (node.kind === 'task' ? node.task.name : node.kind === 'group' ? node.name : `+${node.count}`),
    ...shown(forest, forest.children(node), `${indent}  `),
  ]);
}

describe('the tree of tasks', () => {
  test('has those of one gather together, below the task that made them', () => {
    const forest = taskForest(readTimeline(scenes.gather()));
    expect(shown(forest)).toEqual(['Task-1', '  gather', '    Task-2', '    Task-3']);
  });

  test('finds a task and what it stands below, though nobody has opened that', () => {
    const timeline = readTimeline(scenes.gather());
    const forest = taskForest(timeline);
    const last = timeline.tasks[2];
    const node = forest.find(last.id)!;
    expect(node).toMatchObject({ kind: 'task', task: last });
    const group = forest.parent(node)!;
    expect(group.kind).toBe('group');
    expect(forest.parent(group)).toMatchObject({ task: timeline.tasks[0] });
    expect(forest.parent(forest.parent(group)!)).toBeUndefined();
    expect(forest.find(99)).toBeUndefined();
  });

  test('counts what is too much for a list', () => {
    const story = new TraceStory();
    const main = story.task('Task-1', 'main', 0);
    story.step(main, { start: 0, cause: 'created', seq: 0 });
    for (let i = 0; i < 1500; i++) story.task(`w${i}`, 'work', 0, main, 3);
    const forest = taskForest(readTimeline(story.bytes()));
    const below = forest.children(forest.roots[0]);
    expect(below.length).toBe(1001);
    expect(below.at(-1)).toMatchObject({ kind: 'more', count: 500 });
  });

  test('says what each task does at the playhead', () => {
    const timeline = readTimeline(scenes.gather());
    const at = (turn?: number) => timeline.tasks.map((_, index) => taskMoment(timeline, index, turn, t));
    expect(at(0).map(({ state }) => state)).toEqual(['running', 'unborn', 'unborn']);
    expect(at(1).map(({ state }) => state)).toEqual(['suspended', 'running', 'ready']);
    expect(at(2)).toEqual([
      { state: 'suspended', text: 'gather of 2' },
      { state: 'suspended', text: 'sleep 1 s' },
      { state: 'running', text: 'running' },
    ]);
    expect(at(timeline.steps).map(({ state }) => state)).toEqual(['result', 'result', 'result']);
    expect(at(undefined).map(({ text }) => text)).toEqual(['done', 'done', 'done']);
  });
});

describe('the list of findings', () => {
  test('has them by kind, the worst kind first, and counts those that should be mended', () => {
    const timeline = readTimeline(scenes.cut());
    const kinds = findingKinds(timeline, t);
    expect(kinds.flatMap(({ findings }) => findings).length).toBe(problemsOf(timeline).length);
    const ranks = kinds.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted());
    expect(seriousCount(timeline)).toBe(problemsOf(timeline).filter(({ severity }) => severity !== 'info').length);
  });

  test('are copied with what, where, why and what to do', () => {
    const timeline = readTimeline(scenes.blocking());
    const [problem] = problemsOf(timeline);
    expect(findingText(timeline, problem, '', t)).toMatchInlineSnapshot(`
      "blocked event loop · /project/demo.py:4 · at 500 ms · cost 1.5 s
      Task-3 (blocker) blocked the event loop for 2 s at line 4: time.sleep(1.7)
      Called through save(data) (line 15). It waits without an await, in the only thread of the event loop. The loop cannot interrupt it: nothing else runs until it returns. Another task was ready and had to wait 1.5 s for its turn.
      Make the functions in between async def and write await asyncio.sleep(1.7), or run the outermost call in a thread: await asyncio.to_thread(…)."
    `);
  });
});
