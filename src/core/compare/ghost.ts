import { type Group, LEAST_ALIKE } from '../lanes/groups';
import type { Lanes } from '../lanes/lanes';
import { sameTasks } from './same-tasks';

/** An older run, drawn on the same axis as the current one, and which tasks are the same. Tasks are indices into `Timeline.tasks` of their run. */
export interface Ghost {
  readonly label: string;
  readonly lanes: Lanes;
  /** Task of the current run → the same task of the older run. */
  readonly before: ReadonlyMap<number, number>;
  /** The inverse. */
  readonly now: ReadonlyMap<number, number>;
  /** Tasks that only the older run had, by the current task that would have created them, -1 for none. Their own children are in the older run. */
  readonly gone: ReadonlyMap<number, readonly number[]>;
  /** Groups of alike tasks of the older run, each in one lane. */
  readonly crowds: readonly GhostCrowd[];
  /** Group of the current run → its crowd. */
  readonly crowdOf: ReadonlyMap<number, number>;
  /** Task of only the older run → its crowd. */
  readonly goneIn: ReadonlyMap<number, number>;
}

export interface GhostCrowd {
  readonly group: Group;
  /** Group of the current run that they belong to, -1: none of them exists any more. */
  readonly now: number;
}

export function ghostOf(older: Lanes, lanes: Lanes, label: string): Ghost {
  const now = sameTasks(older.timeline, lanes.timeline, { renamed: false });
  const before = new Map([...now].map(([was, is]) => [is, was]));
  const crowds: GhostCrowd[] = [];
  const crowdOf = new Map<number, number>();
  lanes.groups.forEach(({ members, coroutine }, group) => {
    const were = members.flatMap((task) => before.get(task) ?? []).sort((a, b) => a - b);
    if (were.length === 0) return;
    crowdOf.set(group, crowds.length);
    crowds.push({ group: { parent: -1, members: were, coroutine }, now: group });
  });
  const goneIn = new Map<number, number>();
  for (const { parent, members, coroutine } of older.groups) {
    const left = members.filter((task) => !now.has(task));
    if (left.length < LEAST_ALIKE) continue;
    for (const task of left) goneIn.set(task, crowds.length);
    crowds.push({ group: { parent, members: left, coroutine }, now: -1 });
  }
  return { label, lanes: older, before, now, gone: goneOf(older, now), crowds, crowdOf, goneIn };
}

function goneOf({ timeline, roots, branches }: Lanes, now: ReadonlyMap<number, number>): Map<number, number[]> {
  const gone = new Map<number, number[]>();
  const look = (family: readonly number[], under: number) => {
    const left = family.filter((task) => !now.has(task));
    if (left.length > 0) gone.set(under, left);
  };
  look(roots, -1);
  // Tasks below a missing one are missing, too.
  timeline.tasks.forEach((_, task) => {
    const is = now.get(task);
    if (is !== undefined) look(branches[task].children, is);
  });
  return gone;
}
