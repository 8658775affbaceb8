import type { Lanes } from '../lanes/lanes';
import { upperBound } from '../sorted';
import type { Moment } from '../timeline/moment';
import type { AxisKind } from './axis';

/** Converts a place on an axis to a moment: the entries of the loops map times to steps and back. */

/** @param value seconds; on the steps axis, a step */
export function momentAt(lanes: Lanes, kind: AxisKind, value: number): Moment {
  return kind === 'steps'
    ? { time: between(lanes, 'step', value), step: value }
    : { time: value, step: between(lanes, 'time', value) };
}

function between({ loop, timeline, horizon }: Lanes, from: 'time' | 'step', value: number): number {
  const time = { start: loop.start, end: loop.end, last: timeline.duration, horizon: horizon.time };
  const step = { start: loop.startStep, end: loop.endStep, last: timeline.steps, horizon: horizon.steps };
  const [known, wanted] = from === 'time' ? [time, step] : [step, time];
  const at = upperBound(known.start, value, 0, loop.count) - 1;
  if (at < 0) return Math.min(value, 0);
  if (value >= known.last && known.horizon > known.last) {
    const share = (value - known.last) / (known.horizon - known.last);
    return wanted.last + share * (wanted.horizon - wanted.last);
  }
  const length = known.end[at] - known.start[at];
  // A turn of no length has happened; between two turns, the one before has.
  const share = length > 0 ? Math.min(1, (value - known.start[at]) / length) : 1;
  return wanted.start[at] + share * (wanted.end[at] - wanted.start[at]);
}
