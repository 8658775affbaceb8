import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Seconds } from '../units';
import type { Deadline, Task, Timeline } from './model';

const LEFT_WITH = ['nothing', 'cancelled', 'other'] as const;

/** Deadlines of `asyncio.timeout()`, in the order in which they were set. Rescheduling makes a new one. */
export function collectDeadlines({ events, meta }: Trace): Deadline[] {
  const deadlines = new Map<number, Deadline>();
  for (let i = 0; i < events.count; i++) {
    const id = events.a[i];
    if (events.kind[i] === EventKind.deadline) {
      deadlines.set(id, {
        task: events.b[i],
        set: events.t0[i] - meta.origin,
        setStep: events.seq[i],
        due: events.t1[i] - meta.origin,
        over: undefined,
        overStep: undefined,
        expired: false,
      });
    } else if (events.kind[i] === EventKind.deadlineOver) {
      const known = deadlines.get(id);
      if (known)
        deadlines.set(id, {
          ...known,
          over: events.t0[i] - meta.origin,
          overStep: events.seq[i],
          expired: events.b[i] === 1,
        });
    } else if (events.kind[i] === EventKind.deadlineLeft) {
      const known = deadlines.get(id);
      const left = { at: events.t0[i] - meta.origin, step: events.seq[i], with: LEFT_WITH[events.b[i]] ?? 'other' };
      if (known) deadlines.set(id, { ...known, left });
    }
  }
  return [...deadlines.values()];
}

const byTask = new WeakMap<readonly Deadline[], Map<number, Deadline[]>>();

function deadlinesOf({ deadlines }: Timeline, task: number): readonly Deadline[] {
  let known = byTask.get(deadlines);
  if (!known) {
    known = new Map();
    for (const deadline of deadlines) {
      const list = known.get(deadline.task);
      if (list) list.push(deadline);
      else known.set(deadline.task, [deadline]);
    }
    byTask.set(deadlines, known);
  }
  return known.get(task) ?? [];
}

/** The earliest deadline of a task that is in force at a time and step; undefined if there is none. */
export function deadlineAt(timeline: Timeline, task: number, at: Seconds, step: number): Deadline | undefined {
  let first: Deadline | undefined;
  for (const deadline of deadlinesOf(timeline, task)) {
    const { set, setStep, due, overStep } = deadline;
    const inForce = set <= at && setStep <= step && (overStep === undefined || overStep >= step);
    if (inForce && (first === undefined || due < first.due)) first = deadline;
  }
  return first;
}

/** How much time a task had left at a time and step, by its earliest deadline; undefined if it had none. */
export function timeLeft(timeline: Timeline, task: Task, at: Seconds, step: number): Seconds | undefined {
  const first = deadlineAt(timeline, task.id, at, step)?.due;
  return first === undefined || !Number.isFinite(first) ? undefined : Math.max(0, first - at);
}
