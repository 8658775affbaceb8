import { userSite } from '../places/chain';
import { isFile } from '../places/same-file';
import { State, type Task, type Timeline } from '../timeline/model';
import type { AwaitedAtOnce } from '../timeline/shapes';
import type { Seconds } from '../units';
import type { Common } from './problem';

/** Tasks that their creator awaits before it does anything else. A plain `await` of the coroutine would do the same. */
export interface AtOnce extends Common {
  readonly kind: 'awaited-at-once';
  readonly written: AwaitedAtOnce;
  /** Seconds that these tasks took together. */
  readonly took: Seconds;
}

/** Finds them, one `AtOnce` for each place that creates such tasks. Linear in the segments. */
export function awaitedAtOnce(timeline: Timeline): AtOnce[] {
  const { shapes, tasks } = timeline;
  if (!shapes || ![...shapes.values()].some(({ atOnce }) => atOnce.length > 0)) return [];
  const awaited = awaitedTasks(timeline);
  const found = new Map<AwaitedAtOnce, AtOnce>();
  for (const [file, { atOnce }] of shapes) {
    if (atOnce.length === 0) continue;
    const isIt = isFile(file);
    for (const task of tasks) {
      const site = userSite(timeline, task.site);
      const written = site && atOnce.find(({ created }) => created === site.line);
      const row = awaited.get(task.id);
      if (!written || row === undefined || !isIt(site.code.file) || !isAwaitedByParent(timeline, task, row)) continue;
      const known = found.get(written);
      found.set(written, {
        kind: 'awaited-at-once',
        severity: 'info',
        task: known?.task ?? task.parent,
        segment: known?.segment ?? row,
        site: known?.site ?? timeline.segments.site[row],
        start: known?.start ?? task.created,
        startStep: known?.startStep ?? timeline.segments.startStep[row],
        end: task.ended,
        cost: 0,
        times: (known?.times ?? 0) + 1,
        written,
        took: (known?.took ?? 0) + task.ended - task.created,
      });
    }
  }
  return [...found.values()];
}

/** Maps the id of each awaited task to the row of `Segments` in which another task waits for it. */
function awaitedTasks({ segments, waits }: Timeline): Map<number, number> {
  const rows = new Map<number, number>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const wait = waits[segments.about[row]];
    if (wait?.kind === 'task' && typeof wait.fields.task === 'number') rows.set(wait.fields.task, row);
  }
  return rows;
}

/** Whether the parent awaits the task in the same step in which it created the task. */
function isAwaitedByParent({ segments, tasks }: Timeline, { parent, created }: Task, row: number): boolean {
  return tasks[segments.task[row]].id === parent && row > 0 && segments.start[row - 1] <= created;
}
