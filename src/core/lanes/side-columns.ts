import { upperBound } from '../sorted';
import type { Moment } from '../timeline/moment';
import type { Seconds } from '../units';
import type { Horizon } from './horizon';

/** Stretches of one lane, in time order and without overlap, as columns: row i is one of them. */
export interface Bars {
  readonly count: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Positions on the steps axis. What happens during a turn is in its middle: 3.5 is in turn 3. */
  readonly startStep: Float64Array;
  readonly endStep: Float64Array;
  /** One of `BoxKind`. */
  readonly kind: Uint8Array;
  /** Index of the task it belongs to, -1 none. */
  readonly task: Int32Array;
  /** jobs: index into `Timeline.jobs` · spans: index into `Timeline.spans` · resources: row of `Timeline.uses` that began it. */
  readonly ref: Uint32Array;
}

export interface Bar {
  readonly from: Moment;
  /** Undefined: it was not over when the record ended. */
  readonly to: Moment | undefined;
  readonly kind: number;
  readonly task: number;
  readonly ref: number;
}

/** Puts what happened during a turn in the middle of the turn: the exact moment is unknown. */
export function during(time: Seconds, turn: number): Moment {
  return { time, step: turn + 0.5 };
}

export function barsOf(list: readonly Bar[], horizon: Horizon): Bars {
  const end = { time: horizon.time, step: horizon.steps };
  const column = (value: (bar: Bar) => number) => Float64Array.from(list, value);
  return {
    count: list.length,
    start: column(({ from }) => from.time),
    end: column(({ from, to = end }) => Math.max(from.time, to.time)),
    startStep: column(({ from }) => from.step),
    endStep: column(({ from, to = end }) => Math.max(from.step, to.step)),
    kind: Uint8Array.from(list, ({ kind }) => kind),
    task: Int32Array.from(list, ({ task }) => task),
    ref: Uint32Array.from(list, ({ ref }) => ref),
  };
}

export interface Packed {
  readonly lanes: readonly (readonly Bar[])[];
  /** Bars for which there was no lane. */
  readonly rest: readonly Bar[];
}

/** Packs bars into as few lanes as possible, without overlap on either axis. */
export function pack(bars: readonly Bar[], most: number): Packed {
  const lanes: Bar[][] = [];
  const rest: Bar[] = [];
  for (const bar of [...bars].sort((a, b) => a.from.time - b.from.time || a.from.step - b.from.step)) {
    const free = lanes.find((lane) => isAfter(bar.from, lane[lane.length - 1].to));
    if (free) free.push(bar);
    else if (lanes.length < most) lanes.push([bar]);
    else rest.push(bar);
  }
  return { lanes, rest };
}

function isAfter(moment: Moment, end: Moment | undefined): boolean {
  return end !== undefined && moment.time >= end.time && moment.step >= end.step;
}

/** A number that changes over time, as columns: `value[i]` is valid from row i to the next. */
export interface Series {
  readonly count: number;
  readonly start: Float64Array;
  readonly startStep: Float64Array;
  readonly value: Uint32Array;
  /** Row of `Timeline.uses` that changed it, plus 1; 0: none. */
  readonly use: Uint32Array;
  /** Largest of all values. */
  readonly max: number;
  /** Largest of each block of values, so that a pixel over many of them need not look at each. */
  readonly peaks: Uint32Array;
}

export interface Change extends Moment {
  readonly value: number;
  /** Row of `Timeline.uses`. */
  readonly use?: number;
}

const BLOCK = 64;

/** @param changes in time order; of those at one moment the last counts. */
export function seriesOf(changes: readonly Change[]): Series {
  const kept = changes.filter(({ time, step }, i) => changes[i + 1]?.time !== time || changes[i + 1].step !== step);
  const value = Uint32Array.from(kept, (change) => Math.max(0, change.value));
  const peaks = new Uint32Array(Math.ceil(kept.length / BLOCK));
  let max = 0;
  value.forEach((each, i) => {
    const block = Math.floor(i / BLOCK);
    peaks[block] = Math.max(peaks[block], each);
    max = Math.max(max, each);
  });
  return {
    count: kept.length,
    start: Float64Array.from(kept, ({ time }) => time),
    startStep: Float64Array.from(kept, ({ step }) => step),
    value,
    use: Uint32Array.from(kept, ({ use }) => (use === undefined ? 0 : use + 1)),
    max,
    peaks,
  };
}

/** How many stretches overlap, over time. @param stretches in any order; one without an end lasts until after the record */
export function countsOf(stretches: readonly { readonly from: Moment; readonly to: Moment | undefined }[]): Series {
  const changes: Change[] = [];
  for (const { from, to } of stretches) {
    changes.push({ ...from, value: 1 });
    if (to) changes.push({ ...to, value: -1 });
  }
  changes.sort((a, b) => a.step - b.step || a.time - b.time || a.value - b.value);
  let now = 0;
  let time = 0;
  return seriesOf(
    changes.map((change) => {
      now += change.value;
      time = Math.max(time, change.time);
      return { time, step: change.step, value: now };
    }),
  );
}

/** The row with the largest value in `from … to` (exclusive, not empty). */
export function peakIn({ value, peaks }: Series, from: number, to: number): number {
  let best = from;
  for (let i = from; i < to; ) {
    const block = i / BLOCK;
    if (Number.isInteger(block) && i + BLOCK <= to && peaks[block] <= value[best]) {
      i += BLOCK;
      continue;
    }
    if (value[i] > value[best]) best = i;
    i++;
  }
  return best;
}

/** The row that is valid at a position on an axis, -1 before the first. */
export function rowAtPlace(starts: Float64Array, place: number): number {
  return upperBound(starts, place, 0, starts.length) - 1;
}
