import type { StateName, Task, Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { outcomeWords, tasksByParent } from '../words/tasks';
import { waitText } from '../words/waits';
import { taskAtTurn } from './task-at-turn';

/** The tasks of a run as a tree: each below its parent, those of one `gather` or `TaskGroup` together. */
export type TreeNode =
  | { readonly kind: 'task'; readonly key: string; readonly task: Task; readonly index: number }
  | { readonly kind: 'group'; readonly key: string; readonly name: string; readonly members: readonly TreeNode[] }
  /** The number of tasks beyond what a list can show. */
  | { readonly kind: 'more'; readonly key: string; readonly count: number };

export interface TaskForest {
  readonly timeline: Timeline;
  readonly roots: readonly TreeNode[];
  children(node: TreeNode): readonly TreeNode[];
  parent(node: TreeNode): TreeNode | undefined;
  find(task: number): TreeNode | undefined;
}

/** A list of more than these is slow, and nobody reads it. */
const MOST = 1000;

export function taskForest(timeline: Timeline): TaskForest {
  const families = tasksByParent(timeline);
  const indices = new Map(timeline.tasks.map((task, index) => [task.id, index]));
  const nodes = new Map<number, TreeNode>();
  const parents = new Map<TreeNode, TreeNode>();
  const made = new Map<number, readonly TreeNode[]>();
  const under = (id: number, above: TreeNode | undefined): readonly TreeNode[] => {
    const known = made.get(id);
    if (known) return known;
    const found = grouped(families.get(id) ?? [], id, (task) => {
      const node = { kind: 'task', key: `task ${task.id}`, task, index: indices.get(task.id)! } as const;
      nodes.set(task.id, node);
      return node;
    });
    made.set(id, found);
    for (const node of found) {
      if (above) parents.set(node, above);
      if (node.kind === 'group') for (const member of node.members) parents.set(member, node);
    }
    return found;
  };
  const roots = under(0, undefined);
  const children = (node: TreeNode) =>
    node.kind === 'group' ? node.members : node.kind === 'task' ? under(node.task.id, node) : [];
  return {
    timeline,
    roots,
    children,
    parent: (node) => parents.get(node),
    find(id) {
      // What stands above it is made first.
      const line: number[] = [];
      const seen = new Set<number>();
      for (let at = timeline.tasks[indices.get(id) ?? -1]; at && !seen.has(at.id); ) {
        seen.add(at.id);
        line.unshift(at.id);
        at = timeline.tasks[indices.get(at.parent) ?? -1];
      }
      for (const each of line) {
        const node = nodes.get(each);
        if (node) children(node);
      }
      return nodes.get(id);
    },
  };
}

function grouped(family: readonly Task[], parent: number, nodeOf: (task: Task) => TreeNode): TreeNode[] {
  const sizes = new Map<number, number>();
  for (const { group } of family) if (group) sizes.set(group.id, (sizes.get(group.id) ?? 0) + 1);
  const made: TreeNode[] = [];
  const groups = new Map<number, TreeNode[]>();
  for (const task of family) {
    const { group } = task;
    // One task alone needs no heading.
    if (!group || sizes.get(group.id) === 1) {
      made.push(nodeOf(task));
      continue;
    }
    const members = groups.get(group.id);
    if (members) {
      members.push(nodeOf(task));
      continue;
    }
    const first = [nodeOf(task)];
    groups.set(group.id, first);
    made.push({ kind: 'group', key: `group ${group.id} of ${parent}`, name: group.kind, members: first });
  }
  const cut = (list: TreeNode[], key: string) => {
    const count = list.length - MOST;
    if (count > 0) list.splice(MOST, count, { kind: 'more', key: `more of ${key}`, count });
  };
  for (const [id, members] of groups) cut(members, `group ${id} of ${parent}`);
  cut(made, String(parent));
  return made;
}

/** The state of a task, or how it ended. */
export type TaskState = StateName | 'unborn' | Task['outcome']['kind'];

export interface TaskMoment {
  readonly state: TaskState;
  /** In words: what it waits for, or how it ended. */
  readonly text: string;
}

/** The state of a task at the playhead. @param turn of the playhead; undefined without a playhead: how the task ended counts then */
export function taskMoment(timeline: Timeline, index: number, turn: number | undefined, t: Translate): TaskMoment {
  const task = timeline.tasks[index];
  const over = { state: task.outcome.kind, text: outcomeWords(task, t) } as const;
  if (turn === undefined) return over;
  const { state, segment } = taskAtTurn(timeline, index, turn);
  switch (state) {
    case 'ended':
      return over;
    case 'unborn':
      return { state, text: t('not created yet') };
    case 'suspended':
      return { state, text: segment === undefined ? t('suspended') : waitText(timeline, segment, t) };
    case 'running':
      return { state, text: t('running') };
    case 'ready':
      return { state, text: t('ready, waits for its turn') };
  }
}
