import { Flag, State, type Timeline } from '../../src/core/timeline/model';
import { chainText } from './check-log';
import type { Reference } from './servers';

const CLOSE = 1e-9;
/** After a difference of this kind, everything that follows is shifted. */
export const OTHER_TASK = 'was a step of another task';

/** Compares a trace, step by step, with what the reference recorder wrote about another run of the same program on its own virtual clock. */
export function* againstReference(timeline: Timeline, { steps, tasks }: Reference): Generator<string> {
  const ours = [...stepsOf(timeline)].sort((a, b) => a.endStep - b.endStep);
  const index = new Map(timeline.tasks.map((task, i) => [task.id, i]));
  const name = (i: number | null | undefined) =>
    i === null || i === undefined ? 'none' : (tasks[i]?.[0] ?? `task ${i}`);
  if (timeline.tasks.length !== tasks.length) yield `${tasks.length} tasks, recorded ${timeline.tasks.length}`;
  for (const [i, [title, outcome]] of tasks.entries()) {
    const task = timeline.tasks[i];
    if (task && task.name !== title) yield `task ${i} is ${title}, recorded ${task.name}`;
    if (task && task.outcome.kind !== outcome) yield `${title} ended as ${outcome}, recorded ${task.outcome.kind}`;
  }
  if (ours.length !== steps.length) yield `${steps.length} steps, recorded ${ours.length}`;
  const ended = new Map<number, number>();
  for (let i = 0; i < Math.min(ours.length, steps.length); i++) {
    const [task, scheduled, start, end, chain] = steps[i];
    const step = ours[i];
    const at = `step ${i} (${name(task)} at ${start})`;
    if (index.get(step.task) !== task) {
      yield `${at}: ${OTHER_TASK}: ${timeline.tasks.find((each) => each.id === step.task)?.name}`;
      return;
    }
    if (Math.abs(step.start - start) > CLOSE || Math.abs(step.end - end) > CLOSE)
      yield `${at}: recorded ${step.start}…${step.end}, was ${start}…${end}`;
    if ((scheduled === null) !== step.eager) yield `${at}: ${step.eager ? 'recorded as eager' : 'was eager'}`;
    else if (scheduled !== null) {
      // A timer may be due while the task that it wakes still runs.
      const ready = Math.max(scheduled[0], ended.get(task) ?? 0);
      if (Math.abs(step.ready - ready) > CLOSE) yield `${at}: ready at ${ready}, recorded ${step.ready}`;
      const waker = step.waker === 0 ? null : (index.get(step.waker) ?? -1);
      if (waker !== scheduled[1]) yield `${at}: scheduled by ${name(scheduled[1])}, recorded ${name(waker)}`;
    }
    ended.set(task, end);
    const stands = chain?.map(([where, line]) => `${where}:${line}`).join(' → ') ?? null;
    if (step.chain !== stands) yield `${at}: stands in ${stands ?? 'nothing'}, recorded ${step.chain ?? 'done'}`;
  }
}

interface Step {
  readonly task: number;
  readonly ready: number;
  readonly waker: number;
  readonly start: number;
  readonly end: number;
  readonly endStep: number;
  readonly eager: boolean;
  /** The user's frames; null when the task is done. */
  readonly chain: string | null;
}

function* stepsOf(timeline: Timeline): Generator<Step> {
  const { segments } = timeline;
  for (const task of timeline.tasks) {
    for (let row = task.first; row < task.first + task.count; row++) {
      if (segments.state[row] !== State.running) continue;
      const before = row - 1;
      const after = row + 1 < task.first + task.count;
      const eager = (segments.flags[row] & Flag.eager) !== 0;
      yield {
        task: task.id,
        ready: eager ? Number.NaN : segments.start[before],
        waker: eager ? 0 : segments.about[before],
        start: segments.start[row],
        end: segments.end[row],
        endStep: segments.endStep[row],
        eager,
        chain: after ? chainText(timeline, segments.site[row + 1]) : null,
      };
    }
  }
}
