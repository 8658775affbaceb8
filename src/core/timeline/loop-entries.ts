import { freeMemory } from '../trace/columns';
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
  /** Number of changes of the running task up to this entry: equal values mean that a range belongs to one task. */
  readonly run: Uint32Array;
}

type LoopColumns = { -readonly [K in keyof Omit<LoopIndex, 'count'>]: LoopIndex[K] };

export function loopColumns(count: number): LoopColumns {
  return {
    loop: new Uint32Array(count),
    kind: new Uint8Array(count),
    ref: new Uint32Array(count),
    start: new Float64Array(count),
    end: new Float64Array(count),
    startStep: new Uint32Array(count),
    endStep: new Uint32Array(count),
    nested: new Uint8Array(count),
    run: new Uint32Array(count),
  };
}

type Source = Pick<Timeline, 'segments' | 'tasks' | 'callbacks' | 'idle'>;

/** Writes one entry. Entries are written in order, since each counts the changes before it. */
export function putEntry(into: LoopColumns, at: number, source: Source, kind: number, ref: number, task: number): void {
  const { segments, tasks } = source;
  const step = kind === LoopKind.step;
  const from = step ? undefined : kind === LoopKind.callback ? source.callbacks[ref] : source.idle[ref];
  into.loop[at] = from?.loop ?? tasks[segments.task[ref]].loop;
  into.kind[at] = kind;
  into.ref[at] = ref;
  into.start[at] = from?.start ?? segments.start[ref];
  into.end[at] = from?.end ?? segments.end[ref];
  into.startStep[at] = from?.startStep ?? segments.startStep[ref];
  into.endStep[at] = from?.endStep ?? segments.endStep[ref];
  into.nested[at] = step && segments.flags[ref] & Flag.eager ? 1 : 0;
  const before = at > 0 ? into.run[at - 1] : 0;
  into.run[at] = step && segments.task[ref] !== task ? before + 1 : before;
}

/** In order of start; nested entries come after the entry that contains them. */
export function indexLoop(timeline: Timeline): LoopIndex {
  const { segments, callbacks, idle } = timeline;
  let steps = 0;
  for (let i = 0; i < segments.count; i++) if (segments.state[i] === State.running) steps++;
  const count = steps + callbacks.length + idle.length;
  const kinds = new Uint8Array(count);
  const refs = new Uint32Array(count);
  const places = new Uint32Array(count);
  let at = 0;
  const add = (kind: number, ref: number, startStep: number) => {
    kinds[at] = kind;
    refs[at] = ref;
    places[at++] = startStep;
  };
  for (let i = 0; i < segments.count; i++)
    if (segments.state[i] === State.running) add(LoopKind.step, i, segments.startStep[i]);
  for (let i = 0; i < callbacks.length; i++) add(LoopKind.callback, i, callbacks[i].startStep);
  for (let i = 0; i < idle.length; i++) add(LoopKind.idle, i, idle[i].startStep);
  const entry = (n: number) =>
    kinds[n] === LoopKind.callback ? callbacks[refs[n]] : kinds[n] === LoopKind.idle ? idle[refs[n]] : undefined;
  const start = (n: number) => entry(n)?.start ?? segments.start[refs[n]];
  const endStep = (n: number) => entry(n)?.endStep ?? segments.endStep[refs[n]];
  const order = byPlace(places, timeline.steps);
  const inOrder = (a: number, b: number) => start(a) - start(b) || places[a] - places[b] || endStep(b) - endStep(a);
  settle(order, inOrder);
  const columns = loopColumns(count);
  let task = -1;
  for (let row = 0; row < count; row++) {
    const n = order[row];
    putEntry(columns, row, timeline, kinds[n], refs[n], task);
    if (kinds[n] === LoopKind.step) task = segments.task[refs[n]];
  }
  for (const column of [kinds, refs, places, order]) freeMemory(column);
  return { count, ...columns };
}

/** Indices sorted by place, by counting sort. @param most the largest place */
export function byPlace(places: Uint32Array, most: number): Uint32Array {
  const offsets = new Uint32Array(most + 2);
  const counted = (place: number) => Math.min(place, most);
  for (const place of places) offsets[counted(place) + 1]++;
  for (let i = 1; i < offsets.length; i++) offsets[i] += offsets[i - 1];
  const order = new Uint32Array(places.length);
  for (let i = 0; i < places.length; i++) order[offsets[counted(places[i])]++] = i;
  freeMemory(offsets);
  return order;
}

/** Insertion sort, for arrays that are nearly sorted: only nested entries and turns of several loops are out of order. */
function settle(order: Uint32Array, compare: (a: number, b: number) => number): void {
  let moves = 0;
  for (let i = 1; i < order.length; i++) {
    const one = order[i];
    let at = i;
    for (; at > 0 && compare(order[at - 1], one) > 0; at--) order[at] = order[at - 1];
    order[at] = one;
    moves += i - at;
    if (moves > 8 * order.length) {
      order.sort(compare);
      return;
    }
  }
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
  /** Of `busyBefore`; undefined while the run goes on. */
  readonly busy?: Float64Array | undefined;
}

/** At least one lane, the first for the thread whose loop was used first. */
export function loopLanes({ loops }: Pick<Timeline, 'loops'>, index: LoopIndex): LoopLane[] {
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
