import { type Branch, NO_CHILDREN } from '../lanes/branches';
import type { Lanes } from '../lanes/lanes';
import type { Task, Timeline } from '../timeline/model';
import type { Move } from './moves';
import { withRoom } from './typed-columns';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The tree of tasks of a live run. What a task runs and its group are set when lanes are derived. */
export class LiveTree {
  constructor(private lanes: Mutable<Lanes>) {}

  /** Continues with newly derived lanes. */
  adopt(lanes: Mutable<Lanes>): void {
    this.lanes = lanes;
  }

  add(task: Task): void {
    const { lanes } = this;
    const index = (lanes.timeline as Mutable<Timeline>).tasks.length;
    (lanes.timeline.tasks as Task[]).push(task);
    (lanes.indexOf as Map<number, number>).set(task.id, index);
    const parent = lanes.indexOf.get(task.parent);
    const known = parent !== undefined && parent < index;
    const family = known ? childrenOf(lanes.branches[parent]) : (lanes.roots as number[]);
    family.push(index);
    const depth = known ? lanes.branches[parent].depth + 1 : 0;
    const branch = { depth, children: [], levels: [], position: family.length, siblings: family.length };
    (lanes.branches as Branch[]).push(branch);
    const had = lanes.groupOf.length;
    if (index >= had) {
      lanes.groupOf = withRoom(lanes.groupOf as unknown as Uint32Array, index + 1) as unknown as Int32Array;
      lanes.groupOf.fill(-1, Math.max(had, index));
    }
  }

  cancelled(task: number, row: number): void {
    const cancels = this.lanes.cancels as Map<number, number[]>;
    const known = cancels.get(task);
    if (known) known.push(row);
    else cancels.set(task, [row]);
  }

  moved(task: number, { from, to }: Move): void {
    const rows = (this.lanes.cancels as Map<number, number[]>).get(task);
    for (let i = 0; rows && i < rows.length; i++) rows[i] += to - from;
  }
}

/** To be added to. */
function childrenOf(parent: Mutable<Branch>): number[] {
  if (parent.children === NO_CHILDREN) parent.children = [];
  return parent.children as number[];
}
