import { type Group, LEAST_ALIKE } from '../lanes/groups';
import type { Lanes } from '../lanes/lanes';
import { sameTasks } from './same-tasks';

/** An older run beside the one that is shown, on the same axis: which task of it is which. Tasks are told by their index in either run. */
export interface Ghost {
  readonly label: string;
  readonly lanes: Lanes;
  /** Task now → the same one of the older run. */
  readonly before: ReadonlyMap<number, number>;
  /** The inverse. */
  readonly now: ReadonlyMap<number, number>;
  /** Tasks that only the older run had, below the task of now that would have made them; -1: nobody. What those made is below them in the older run. */
  readonly gone: ReadonlyMap<number, readonly number[]>;
  /** Many alike tasks of the older run, each in one lane. */
  readonly crowds: readonly GhostCrowd[];
  /** Group now → its crowd. */
  readonly crowdOf: ReadonlyMap<number, number>;
  /** Task that only the older run had → its crowd. */
  readonly goneIn: ReadonlyMap<number, number>;
}

export interface GhostCrowd {
  readonly group: Group;
  /** Group of now that they belong to, -1: none of them is there any more. */
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
  // Of those that are gone nobody below is there any more.
  timeline.tasks.forEach((_, task) => {
    const is = now.get(task);
    if (is !== undefined) look(branches[task].children, is);
  });
  return gone;
}
