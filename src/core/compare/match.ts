import type { Task, Timeline } from '../model';
import { tasksByParent } from '../task-words';

/** A task of two runs that is taken for the same; of one that only one run had, the other side is missing. */
export interface Pair {
  readonly before: Task | undefined;
  readonly after: Task | undefined;
  /** How deep in the tree of tasks. */
  readonly depth: number;
}

interface Node {
  before?: Task;
  after?: Task;
  readonly children: Map<string, Node>;
}

/** asyncio's own names count up over all tasks of a run: one task more, and all that follow have other names. */
const NUMBERED = /^Task-\d+$/;

/**
 * Tasks of two runs side by side, each below the one that made it. They are matched by their names (numbered ones by what they run),
 * and alike ones below the same task in the order in which they were made. Linear in the tasks.
 */
export function matchTasks(before: Timeline, after: Timeline): Pair[] {
  const root: Node = { children: new Map() };
  place(root, 'before', before);
  place(root, 'after', after);
  const pairs: Pair[] = [];
  const open = [...root.children.values()].reverse().map((node) => ({ node, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    pairs.push({ before: node.before, after: node.after, depth });
    for (const child of [...node.children.values()].reverse()) open.push({ node: child, depth: depth + 1 });
  }
  return pairs;
}

function place(root: Node, side: 'before' | 'after', timeline: Timeline): void {
  const family = tasksByParent(timeline);
  const open: { readonly node: Node; readonly id: number }[] = [{ node: root, id: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const alike = new Map<string, number>();
    for (const task of family.get(next.id) ?? []) {
      const name = NUMBERED.test(task.name) ? `runs ${task.coroutine}` : `named ${task.name}`;
      const count = alike.get(name) ?? 0;
      alike.set(name, count + 1);
      const key = `${count} ${name}`;
      const node: Node = next.node.children.get(key) ?? { children: new Map() };
      node[side] = task;
      next.node.children.set(key, node);
      open.push({ node, id: task.id });
    }
  }
}
