import type { Lanes } from './lanes';
import { LoopKind } from './layout-loop';
import { State } from './model';
import { gapsBetween, type Squeeze, squeeze } from './squeeze';

/** What runs from left to right: true time, time without its long gaps, or the order of what happened. */
export const axisKinds = ['time', 'squeezed', 'steps'] as const;
export type AxisKind = (typeof axisKinds)[number];

export interface Axis {
  readonly kind: AxisKind;
  /** In units of the axis: seconds, squeezed seconds, steps. */
  readonly length: number;
  readonly squeeze: Squeeze | undefined;
}

/** The axis of a timeline; the squeezed one is made when it is first asked for. */
export function axisOf(lanes: Lanes, kind: AxisKind): Axis {
  const known = made.get(lanes) ?? {};
  made.set(lanes, known);
  const axis = grown(known[kind] ?? make(lanes, kind), lanes);
  known[kind] = axis;
  return axis;
}

const made = new WeakMap<Lanes, Partial<Record<AxisKind, Axis>>>();

function make(lanes: Lanes, kind: AxisKind): Axis {
  return { kind, length: 0, squeeze: kind === 'squeezed' ? squeezeOf(lanes) : undefined };
}

/** While a program runs its axes become longer. What is new is not folded until lanes are derived anew. */
function grown(axis: Axis, { horizon: { time, steps } }: Lanes): Axis {
  const length = axis.kind === 'steps' ? steps : (axis.squeeze?.squeezed(time) ?? time);
  return length === axis.length ? axis : { ...axis, length };
}

/** Folds where neither a loop does anything nor anybody is ready. */
function squeezeOf({ timeline, loop, horizon }: Lanes): Squeeze {
  const { segments, duration } = timeline;
  const starts = new Float64Array(loop.count + segments.count);
  const ends = new Float64Array(loop.count + segments.count);
  let count = 0;
  const add = (start: number, end: number) => {
    starts[count] = start;
    ends[count++] = end;
  };
  for (let i = 0; i < loop.count; i++) if (loop.kind[i] !== LoopKind.idle) add(loop.start[i], loop.end[i]);
  for (let i = 0; i < segments.count; i++)
    if (segments.state[i] === State.ready && segments.end[i] > segments.start[i])
      add(segments.start[i], segments.end[i]);
  const gaps = gapsBetween(starts.subarray(0, count), ends.subarray(0, count), duration);
  return squeeze(gaps, duration, horizon.time);
}
