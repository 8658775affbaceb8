import { Flag, State, type Timeline } from './model';

/** What the event loop did, as one sequence of columns: steps of tasks, callbacks, idle waits. */

export const LoopKind = { step: 0, callback: 1, idle: 2 } as const;

export interface LoopIndex {
  readonly count: number;
  /** Loop id. */
  readonly loop: Uint32Array;
  /** One of `LoopKind`. */
  readonly kind: Uint8Array;
  /** step: row of `Timeline.segments` · callback, idle: index into `Timeline.callbacks`, `Timeline.idle`. */
  readonly ref: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly startStep: Uint32Array;
  readonly endStep: Uint32Array;
  /** 1 for the first step of an eager task, which lies inside the step before it. */
  readonly nested: Uint8Array;
  /** For a step: the next step of another task, `count` if there is none. So a glance tells whether a stretch belongs to one task. */
  readonly other: Uint32Array;
}

/** In order of their beginning; what is nested comes after what it is nested in. */
export function indexLoop({ segments, tasks, callbacks, idle }: Timeline): LoopIndex {
  const steps: number[] = [];
  for (let i = 0; i < segments.count; i++) if (segments.state[i] === State.running) steps.push(i);
  const count = steps.length + callbacks.length + idle.length;
  const unsorted = columns(count);
  steps.forEach((row, i) => {
    unsorted.loop[i] = tasks[segments.task[row]].loop;
    unsorted.ref[i] = row;
    unsorted.start[i] = segments.start[row];
    unsorted.end[i] = segments.end[row];
    unsorted.startStep[i] = segments.startStep[row];
    unsorted.endStep[i] = segments.endStep[row];
    unsorted.nested[i] = segments.flags[row] & Flag.eager ? 1 : 0;
  });
  let at = steps.length;
  for (const [kind, stretches] of [
    [LoopKind.callback, callbacks],
    [LoopKind.idle, idle],
  ] as const) {
    stretches.forEach((stretch, i) => {
      unsorted.loop[at] = stretch.loop;
      unsorted.kind[at] = kind;
      unsorted.ref[at] = i;
      unsorted.start[at] = stretch.start;
      unsorted.end[at] = stretch.end;
      unsorted.startStep[at] = stretch.startStep;
      unsorted.endStep[at++] = stretch.endStep;
    });
  }
  const sorted = inOrder(unsorted, count);
  return { ...sorted, other: nextOfOthers(sorted, segments.task) };
}

function columns(count: number): { -readonly [K in keyof Omit<LoopIndex, 'count' | 'other'>]: LoopIndex[K] } {
  return {
    loop: new Uint32Array(count),
    kind: new Uint8Array(count),
    ref: new Uint32Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    startStep: new Uint32Array(count),
    endStep: new Uint32Array(count),
    nested: new Uint8Array(count),
  };
}

function inOrder(unsorted: ReturnType<typeof columns>, count: number): Omit<LoopIndex, 'other'> {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const { start, startStep, endStep } = unsorted;
  order.sort((a, b) => start[a] - start[b] || startStep[a] - startStep[b] || endStep[b] - endStep[a]);
  const sorted = columns(count);
  for (const name of Object.keys(sorted) as (keyof typeof sorted)[]) {
    const from = unsorted[name];
    const to = sorted[name];
    for (let i = 0; i < count; i++) to[i] = from[order[i]];
  }
  return { count, ...sorted };
}

function nextOfOthers({ count, kind, ref }: Omit<LoopIndex, 'other'>, task: Uint32Array): Uint32Array {
  const other = new Uint32Array(count).fill(count);
  let next = -1;
  for (let i = count - 1; i >= 0; i--) {
    if (kind[i] !== LoopKind.step) continue;
    if (next >= 0) other[i] = task[ref[next]] === task[ref[i]] ? other[next] : next;
    next = i;
  }
  return other;
}

/** A lane of event loops: those of one thread run one after another, and share it. */
export interface LoopLane {
  /** Name of the thread; empty where all loops have one lane. */
  readonly thread: string;
  /** Classes of those that are none of asyncio's own. */
  readonly foreign: readonly string[];
  /** Entries of the whole index that stand here, in order. Undefined: all. */
  readonly entries: Uint32Array | undefined;
  /** Columns of these entries. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly startStep: Uint32Array;
  readonly endStep: Uint32Array;
}

/** At least one lane, the first for the thread whose loop was used first. */
export function loopLanes({ loops }: Timeline, index: LoopIndex): LoopLane[] {
  const threads = new Map<string, number[]>();
  for (const { id, thread } of loops) threads.set(thread, [...(threads.get(thread) ?? []), id]);
  const foreign = (ids: readonly number[]) => [
    ...new Set(loops.filter(({ id, foreign }) => foreign !== '' && ids.includes(id)).map(({ foreign }) => foreign)),
  ];
  if (threads.size <= 1) {
    const { start, end, startStep, endStep } = index;
    return [
      { thread: '', foreign: foreign(loops.map(({ id }) => id)), entries: undefined, start, end, startStep, endStep },
    ];
  }
  return [...threads].map(([thread, ids]) => {
    const own = new Set(ids);
    const entries = Uint32Array.from({ length: index.count }, (_, i) => i).filter((i) => own.has(index.loop[i]));
    return {
      thread,
      foreign: foreign(ids),
      entries,
      start: Float64Array.from(entries, (i) => index.start[i]),
      end: Float64Array.from(entries, (i) => index.end[i]),
      startStep: entries.map((i) => index.startStep[i]),
      endStep: entries.map((i) => index.endStep[i]),
    };
  });
}
