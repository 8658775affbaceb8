import { firstWhere } from '../sorted';
import { inOrderOfTime, isEager, type Numbered, numberTurns, type Turns, turnEvents } from '../timeline/turns';
import type { EventColumns, UseColumns } from '../trace/columns';
import type { Trace } from '../trace/read';

/** A loop counts its own turns; from its turn `from` on, each is `by` places further on the common axis. */
interface Shift {
  readonly from: number;
  readonly by: number;
}

interface Counted {
  /** Turns that are known. */
  count: number;
  /** First steps of eager tasks may belong to a step that has not arrived yet: they are kept for it. */
  known: { readonly steps: Numbered; readonly start: Uint32Array };
  /** In order. */
  readonly shifts: Shift[];
}

/** Turns of one loop that are new: their own numbers begin at `before`. */
interface Fresh {
  readonly counted: Counted;
  readonly before: number;
  /** When each ended, where there are other loops to be put in order with. */
  readonly ends: Float64Array;
}

/** A batch, its `seq` columns on the axis of all loops, and for each row of its steps where it begins and ends there. */
export interface Placed extends Pick<Turns, 'start' | 'end'> {
  readonly steps: Trace['steps'];
  readonly events: EventColumns;
  readonly uses: UseColumns;
}

/**
 * Numbers turns as they arrive. The turns of one batch are sorted by time; those of the next batch come after them. That is the true order
 * if loops run one after another. Loops in several threads write at different moments: there it is approximate, until the
 * complete trace is read.
 */
export class LiveTurns {
  count = 0;
  readonly #loops = new Map<number, Counted>();

  add(steps: Trace['steps'], events: EventColumns, uses: UseColumns): Placed {
    const turns = turnEvents(events);
    const loops = [...new Set([...distinct(steps.loop), ...turns.map((row) => events.loop[row])])].sort(
      (a, b) => a - b,
    );
    const start = new Uint32Array(steps.count);
    const end = new Uint32Array(steps.count);
    const fresh = loops.map((loop) => this.#number(loop, steps, events, turns, loops.length > 1, start, end));
    this.#place(fresh);
    if (this.#isPlain) return { steps, events, uses, start, end };
    for (let row = 0; row < steps.count; row++) {
      const counted = this.#loops.get(steps.loop[row])!;
      start[row] = placeOf(counted, start[row]);
      end[row] = placeOf(counted, end[row] - 1) + 1;
    }
    const moved = <C extends { readonly loop: Uint32Array; readonly seq: Uint32Array }>(columns: C): C => ({
      ...columns,
      seq: columns.seq.map((number, row) => {
        const counted = this.#loops.get(columns.loop[row]);
        return counted ? placeOf(counted, number) : Math.min(number, this.count);
      }),
    });
    return { steps: moved(steps), events: moved(events), uses: moved(uses), start, end };
  }

  /** With one loop, its numbers are the common ones. */
  get #isPlain(): boolean {
    if (this.#loops.size > 1) return false;
    const [only] = this.#loops.values();
    return only === undefined || (only.shifts.length === 1 && only.shifts[0].by === 0);
  }

  /** Numbers a loop's own turns, into `start` and `end`. @param timed when they ended has to be known. */
  #number(
    loop: number,
    steps: Trace['steps'],
    events: EventColumns,
    turns: readonly number[],
    timed: boolean,
    start: Uint32Array,
    end: Uint32Array,
  ): Fresh {
    const counted = this.#countedOf(loop);
    const before = counted.count;
    const rows: number[] = [];
    for (let row = 0; row < steps.count; row++) if (steps.loop[row] === loop) rows.push(row);
    const others = turns.filter((row) => events.loop[row] === loop);
    const taken = others.map((row) => events.seq[row]).sort((a, b) => a - b);
    const { steps: context } = counted.known;
    const all = joined(context, rows.length === steps.count ? steps : picked(steps, rows));
    const numbers = numberTurns(all, taken, { count: before, start: counted.known.start });
    rows.forEach((row, i) => {
      start[row] = numbers.start[context.count + i];
      end[row] = numbers.end[context.count + i];
    });
    counted.count = numbers.count;
    let from = all.count;
    while (from > 0 && isEager(all.cause[from - 1])) from--;
    counted.known = { steps: cut(all, from), start: numbers.start.slice(from) };
    const ends = new Float64Array(numbers.count - before);
    if (timed) {
      for (const row of rows) ends[end[row] - 1 - before] = steps.end[row];
      for (const row of others) ends[events.seq[row] - before] = events.t1[row];
      for (let i = 1; i < ends.length; i++) ends[i] = Math.max(ends[i], ends[i - 1]);
    }
    return { counted, before, ends };
  }

  #countedOf(loop: number): Counted {
    const known = this.#loops.get(loop);
    if (known) return known;
    const made = { count: 0, known: NOTHING_KNOWN, shifts: [] };
    this.#loops.set(loop, made);
    return made;
  }

  #place(fresh: readonly Fresh[]): void {
    const places = fresh.length > 1 ? inOrderOfTime(fresh.map(({ ends }) => ends)) : undefined;
    const first = this.count;
    fresh.forEach(({ counted: { shifts }, before, ends }, i) => {
      const length = places ? ends.length : Math.min(1, ends.length);
      for (let nth = 0; nth < length; nth++) {
        const by = first + (places?.[i][nth] ?? 0) - before - nth;
        if (shifts.at(-1)?.by !== by) shifts.push({ from: before + nth, by });
      }
      this.count += ends.length;
    });
  }
}

/** @param number of a turn of its loop; that of the next one is behind its last. */
function placeOf({ shifts }: Counted, number: number): number {
  const low = firstWhere(0, shifts.length, (i) => shifts[i].from > number);
  return number + (shifts[low - 1]?.by ?? 0);
}

function distinct(column: Uint32Array): Set<number> {
  const found = new Set<number>();
  let last = -1;
  for (let i = 0; i < column.length; i++) {
    if (column[i] === last) continue;
    last = column[i];
    found.add(last);
  }
  return found;
}

function picked({ cause, start, waker, task }: Numbered, rows: readonly number[]): Numbered {
  return {
    count: rows.length,
    cause: Uint32Array.from(rows, (row) => cause[row]),
    start: Float64Array.from(rows, (row) => start[row]),
    waker: Uint32Array.from(rows, (row) => waker[row]),
    task: Uint32Array.from(rows, (row) => task[row]),
  };
}

function joined(a: Numbered, b: Numbered): Numbered {
  if (a.count === 0) return b;
  const both = <C extends Float64Array | Uint32Array>(one: C, other: C): C => {
    const all = new (one.constructor as new (length: number) => C)(a.count + b.count);
    all.set(one as never);
    all.set(other as never, a.count);
    return all;
  };
  return {
    count: a.count + b.count,
    cause: both(a.cause, b.cause),
    start: both(a.start, b.start),
    waker: both(a.waker, b.waker),
    task: both(a.task, b.task),
  };
}

function cut({ count, cause, start, waker, task }: Numbered, from: number): Numbered {
  return {
    count: count - from,
    cause: cause.slice(from, count),
    start: start.slice(from, count),
    waker: waker.slice(from, count),
    task: task.slice(from, count),
  };
}

const NOTHING_KNOWN: Counted['known'] = {
  steps: {
    count: 0,
    cause: new Uint32Array(),
    start: new Float64Array(),
    waker: new Uint32Array(),
    task: new Uint32Array(),
  },
  start: new Uint32Array(),
};
