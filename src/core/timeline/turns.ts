import type { EventColumns, StepColumns } from '../trace/columns';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';

/**
 * Numbers the turns of the loop (task steps, callbacks, idle waits) in the order in which they ended: the unit of the *steps* axis.
 * Idle waits and callbacks carry their number; steps take those left over, in file order.
 */
export interface Turns {
  readonly count: number;
  /** For each row of the steps: where its run begins and ends on the steps axis. An eager child nests inside its parent. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
}

/** A trace whose `seq` columns count on one axis, and its turns. Each loop counts its own: several are put in order by time. */
export function onOneAxis(trace: Trace): { trace: Trace; turns: Turns } {
  const { steps, events, uses } = trace;
  const loops = loopsOf(trace);
  if (loops.length <= 1)
    return {
      trace,
      turns: withCutTurn(
        numberTurns(
          steps,
          turnEvents(events).map((row) => events.seq[row]),
        ),
        events,
      ),
    };
  const turns = { count: 0, start: new Uint32Array(steps.count), end: new Uint32Array(steps.count) };
  const all = loops.map((loop) => turnsOfLoop(trace, loop));
  const places = inOrderOfTime(all.map(({ ends }) => ends));
  turns.count = all.reduce((sum, { ends }) => sum + ends.length, 0);
  all.forEach(({ rows, numbers }, i) => {
    rows.forEach((row, at) => {
      turns.start[row] = places[i][numbers.start[at]];
      turns.end[row] = places[i][numbers.end[at] - 1] + 1;
    });
  });
  const placeOf = new Map(loops.map((loop, i) => [loop, places[i]]));
  const moved = (loop: Uint32Array, seq: Uint32Array) =>
    seq.map((number, row) => {
      const place = placeOf.get(loop[row]);
      return place ? place[Math.min(number, place.length - 1)] : Math.min(number, turns.count);
    });
  return {
    trace: {
      ...trace,
      steps: { ...steps, seq: moved(steps.loop, steps.seq) },
      events: { ...events, seq: moved(events.loop, events.seq) },
      uses: { ...uses, seq: moved(uses.loop, uses.seq) },
    },
    turns,
  };
}

/** A step in which the record ends is a turn too. */
function withCutTurn(turns: Turns, { kind, seq }: EventColumns): Turns {
  const cut = kind.some((each, row) => each === EventKind.cut && seq[row] === turns.count);
  return cut ? { ...turns, count: turns.count + 1 } : turns;
}

/** Numbers of the loops that did anything, in order. */
function loopsOf({ steps, events }: Trace): number[] {
  const loops = new Set<number>();
  let last = -1;
  for (let i = 0; i < steps.count; i++) {
    if (steps.loop[i] === last) continue;
    last = steps.loop[i];
    loops.add(last);
  }
  for (const row of turnEvents(events)) loops.add(events.loop[row]);
  return [...loops].sort((a, b) => a - b);
}

function turnsOfLoop({ steps, events }: Trace, loop: number): { rows: number[]; numbers: Turns; ends: Float64Array } {
  const rows: number[] = [];
  for (let i = 0; i < steps.count; i++) if (steps.loop[i] === loop) rows.push(i);
  const others = turnEvents(events).filter((row) => events.loop[row] === loop);
  const pick = <C extends Float64Array | Uint32Array>(column: C) =>
    column.filter((_, i) => steps.loop[i] === loop) as C;
  const own = {
    count: rows.length,
    cause: pick(steps.cause),
    start: pick(steps.start),
    waker: pick(steps.waker),
    task: pick(steps.task),
  };
  const numbers = numberTurns(
    own,
    others.map((row) => events.seq[row]),
  );
  const ends = new Float64Array(numbers.count);
  rows.forEach((row, i) => {
    ends[numbers.end[i] - 1] = steps.end[row];
  });
  for (const row of others) if (events.seq[row] < ends.length) ends[events.seq[row]] = events.t1[row];
  for (let i = 1; i < ends.length; i++) ends[i] = Math.max(ends[i], ends[i - 1]);
  return { rows, numbers, ends };
}

/** For each list of ends, in time order, the place of each end among all of them; and one more, behind its last. */
export function inOrderOfTime(lists: readonly Float64Array[]): Uint32Array[] {
  const places = lists.map((ends) => new Uint32Array(ends.length + 1));
  const at = lists.map(() => 0);
  for (let place = 0; ; place++) {
    let first = -1;
    for (let i = 0; i < lists.length; i++) {
      if (at[i] < lists[i].length && (first < 0 || lists[i][at[i]] < lists[first][at[first]])) first = i;
    }
    if (first < 0) return places;
    places[first][at[first]++] = place;
    places[first][at[first]] = place + 1;
  }
}

const NOTHING_BEFORE: Pick<Turns, 'count' | 'start'> = { count: 0, start: new Uint32Array() };

export type Numbered = Pick<StepColumns, 'count' | 'cause' | 'start' | 'waker' | 'task'>;

/**
 * @param taken the numbers of idle waits and callbacks, in order.
 * @param before where the numbers of the first rows are known already: those, and how many turns there were.
 */
export function numberTurns(steps: Numbered, taken: readonly number[], before = NOTHING_BEFORE): Turns {
  const start = new Uint32Array(steps.count);
  const end = new Uint32Array(steps.count);
  start.set(before.start);
  let number = before.count;
  let next = 0;
  for (let i = before.start.length; i < steps.count; i++) {
    while (next < taken.length && taken[next] === number) {
      next++;
      number++;
    }
    const first = firstNested(steps, i);
    start[i] = first < i ? start[first] : number;
    end[i] = ++number;
  }
  return { count: number + (taken.length - next), start, end };
}

/** Rows of idle waits and callbacks. */
export function turnEvents(events: EventColumns): number[] {
  const rows: number[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] === EventKind.idle || events.kind[i] === EventKind.callback) rows.push(i);
  }
  return rows;
}

/** Eager steps end inside the step that made them, so they stand right before it: the first of those that belong to row i. */
function firstNested(steps: Numbered, i: number): number {
  let first = i;
  while (
    first > 0 &&
    isEager(steps.cause[first - 1]) &&
    steps.start[first - 1] >= steps.start[i] &&
    nests(steps, first - 1, i)
  ) {
    first--;
  }
  return first;
}

function nests(steps: Numbered, child: number, parent: number): boolean {
  // A grandchild stands before its own parent, which is eager too and between the two.
  for (let at = child; at < parent; ) {
    const waker = steps.waker[at];
    if (waker === steps.task[parent]) return true;
    let above = at + 1;
    while (above < parent && steps.task[above] !== waker) above++;
    if (above === parent) return false;
    at = above;
  }
  return false;
}

export function isEager(cause: number): boolean {
  return (cause & 8) !== 0;
}
