import { State, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Common } from './problem';
import { OWN_CALLBACK } from './unseen-exceptions';

/** `gather()` raised the exception of one task, and others of its tasks ran on although nobody waited for them any more. */

export interface LeftRunning extends Common {
  readonly kind: 'left-running';
  /** The task whose exception `gather()` raised. */
  readonly failed: Task;
  /** Those that ran on, the longest first. */
  readonly others: readonly Task[];
}

/** Tasks that end within this many seconds after the exception do no harm. */
const LEAST = 0.02;

/** Finds them, one finding for each wait. Tasks that were cancelled, or that somebody awaited later, do not count. */
export function leftRunning(timeline: Timeline): LeftRunning[] {
  const { segments, tasks, waits } = timeline;
  const gathers = new Set(waits.flatMap((wait, i) => (wait?.kind === 'gather' && wait.fields.members ? [i] : [])));
  if (gathers.size === 0) return [];
  const found: LeftRunning[] = [];
  let known: ReadonlyMap<number, number> | undefined;
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended || !gathers.has(segments.about[row])) continue;
    const end = segments.end[row];
    const members = (waits[segments.about[row]]?.fields.members ?? [])
      .map((id) => taskOf(timeline, id))
      .filter((task) => task !== undefined);
    const failed = members.find(({ outcome, ended }) => outcome.kind === 'exception' && ended === end);
    const others = members.filter(
      ({ outcome, ended }) => (outcome.kind === 'result' || outcome.kind === 'exception') && ended - end >= LEAST,
    );
    if (!failed || others.length === 0) continue;
    known ??= lastAwaited(timeline);
    const left = others
      .filter(({ id }) => !((known!.get(id) ?? -1) > segments.startStep[row]))
      .sort((a, b) => b.ended - a.ended);
    if (left.length === 0) continue;
    found.push({
      kind: 'left-running',
      // The exception of a second task is raised nowhere, and not even logged.
      severity: left.some(({ outcome }) => outcome.kind === 'exception') ? 'warning' : 'info',
      task: tasks[segments.task[row]].id,
      segment: row,
      site: segments.site[row],
      start: end,
      startStep: segments.endStep[row],
      end: left[0].ended,
      cost: left.reduce((sum, { ended }) => sum + ended - end, 0),
      times: 1,
      failed,
      others: left,
    });
  }
  return found;
}

/** Maps the id of each task to the step at which somebody began to wait for it last. Callbacks of the program see its end, too. */
function lastAwaited({ segments, waits, callbacks }: Timeline): ReadonlyMap<number, number> {
  const steps = new Map<number, number>();
  const add = (id: number, step: number) => steps.set(id, Math.max(step, steps.get(id) ?? 0));
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const fields = waits[segments.about[row]]?.fields;
    if (typeof fields?.task === 'number') add(fields.task, segments.startStep[row]);
    for (const id of fields?.members ?? []) add(id, segments.startStep[row]);
  }
  for (const { task, name } of callbacks) if (task > 0 && !OWN_CALLBACK.test(name)) add(task, Number.POSITIVE_INFINITY);
  return steps;
}
