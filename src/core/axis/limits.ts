import type { Lanes } from '../lanes/lanes';
import { State, type Timeline } from '../timeline/model';
import type { Moment } from '../timeline/moment';
import type { Seconds } from '../units';
import { momentAt } from './moment-at';

/** A time that something was given: `asyncio.timeout()`, `wait_for()`. */
export interface Limit {
  /** Index of the task. */
  readonly task: number;
  readonly set: Moment;
  readonly due: Moment;
  /** When it ended, expired or not; undefined: still in force at the end of the record. */
  readonly over: Moment | undefined;
  /** It ran out. */
  readonly expired: boolean;
}

const all = new WeakMap<Timeline, Limits>();

export interface Limits {
  /** In the order in which they were set. */
  readonly list: readonly Limit[];
  /** Task index → places in `list`. */
  readonly ofTask: ReadonlyMap<number, readonly number[]>;
}

/** All time limits of a run; computed on first use. */
export function limitsOf(lanes: Lanes): Limits {
  const known = all.get(lanes.timeline);
  if (known) return known;
  const list = [...deadlines(lanes), ...waits(lanes)].sort((a, b) => a.set.step - b.set.step);
  const ofTask = new Map<number, number[]>();
  list.forEach(({ task }, i) => {
    const own = ofTask.get(task);
    if (own) own.push(i);
    else ofTask.set(task, [i]);
  });
  const limits = { list, ofTask };
  all.set(lanes.timeline, limits);
  return limits;
}

function deadlines(lanes: Lanes): Limit[] {
  return lanes.timeline.deadlines.flatMap(({ task, set, setStep, due, over, overStep, expired }) => {
    const index = lanes.indexOf.get(task);
    if (index === undefined || !Number.isFinite(due)) return [];
    const end = over === undefined ? undefined : { time: over, step: (overStep ?? setStep) + 0.5 };
    const met = expired && end ? { time: due, step: end.step } : dueAt(lanes, due);
    return [{ task: index, set: { time: set, step: setStep + 0.5 }, due: met, over: end, expired }];
  });
}

/** Waits that take a timeout themselves: `wait_for()` in older Pythons, `wait(timeout=…)`. */
function waits(lanes: Lanes): Limit[] {
  const { segments, waits: kinds } = lanes.timeline;
  const found: Limit[] = [];
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const given = kinds[segments.about[row]]?.fields.deadline;
    if (given === undefined || given < 0) continue;
    const set = { time: segments.start[row], step: segments.startStep[row] };
    const over = { time: segments.end[row], step: segments.endStep[row] };
    const due = set.time + given;
    const expired = over.time >= due - ROUNDING;
    const met = expired ? { time: due, step: over.step } : dueAt(lanes, due);
    found.push({ task: segments.task[row], set, due: met, over, expired });
  }
  return found;
}

/** The loop's clock is coarse. */
const ROUNDING: Seconds = 1e-3;

/** A time after the end of the record gets the last step. */
function dueAt(lanes: Lanes, due: Seconds): Moment {
  const { timeline, horizon } = lanes;
  return due > timeline.duration ? { time: due, step: horizon.steps + 1 } : momentAt(lanes, 'time', due);
}
