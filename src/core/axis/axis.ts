import type { Horizon } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import { shownSteps } from '../lanes/shown-steps';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { gapsBetween, type Squeeze, squeeze } from './squeeze';

/** What the x axis shows: time, time without its long gaps, or the order of events. */
export const axisKinds = ['time', 'squeezed', 'steps'] as const;
export type AxisKind = (typeof axisKinds)[number];

export interface Axis {
  readonly kind: AxisKind;
  /** In units of the axis: seconds, squeezed seconds, steps. */
  readonly length: number;
  readonly squeeze: Squeeze | undefined;
}

/** An older run on the same axis. Both begin at 0. */
export interface ComparedRun {
  readonly lanes: Lanes;
}

/**
 * The axis of a timeline, long enough for the older run too. The squeezed axis is computed on first use.
 * @param all also steps of tasks that have a lane only where those of libraries are shown
 */
export function axisOf(lanes: Lanes, kind: AxisKind, older?: ComparedRun, all = true): Axis {
  const whose = older ?? lanes;
  const known = made.get(whose) ?? {};
  made.set(whose, known);
  const axis = grown(known[kind] ?? make(lanes, kind, older), reachOf(lanes, older, all));
  known[kind] = axis;
  return axis;
}

/** The end of the axes of one run, or of two that share them. */
export function reachOf(lanes: Lanes, older?: ComparedRun, all = true): Horizon {
  const [time, steps] = [lanes.horizon.time, stepsIn(lanes, all)];
  if (!older) return { time, steps };
  return { time: Math.max(time, older.lanes.horizon.time), steps: Math.max(steps, stepsIn(older.lanes, all)) };
}

function stepsIn(lanes: Lanes, all: boolean): number {
  const { horizon, timeline } = lanes;
  return all || horizon.steps > timeline.steps ? horizon.steps : shownSteps(lanes);
}

/** Axes by their lanes, or by the other run where two share an axis. */
const made = new WeakMap<object, Partial<Record<AxisKind, Axis>>>();

function make(lanes: Lanes, kind: AxisKind, older: ComparedRun | undefined): Axis {
  const runs = older ? [lanes, older.lanes] : [lanes];
  return { kind, length: 0, squeeze: kind === 'squeezed' ? squeezeOf(runs, reachOf(lanes, older)) : undefined };
}

/** The axis of a live run grows. New time is not folded until the lanes are derived again. */
function grown(axis: Axis, { time, steps }: Horizon): Axis {
  const length = axis.kind === 'steps' ? steps : (axis.squeeze?.squeezed(time) ?? time);
  return length === axis.length ? axis : { ...axis, length };
}

/** Folds the time in which no loop runs anything and no task is ready, in any of the runs. */
function squeezeOf(runs: readonly Lanes[], reach: Horizon): Squeeze {
  const most = runs.reduce((sum, { loop, timeline }) => sum + loop.count + timeline.segments.count, 0);
  const starts = new Float64Array(most);
  const ends = new Float64Array(most);
  let count = 0;
  const add = (start: number, end: number) => {
    starts[count] = start;
    ends[count++] = end;
  };
  for (const { loop, timeline } of runs) {
    const { segments } = timeline;
    for (let i = 0; i < loop.count; i++) if (loop.kind[i] !== LoopKind.idle) add(loop.start[i], loop.end[i]);
    for (let i = 0; i < segments.count; i++)
      if (segments.state[i] === State.ready && segments.end[i] > segments.start[i])
        add(segments.start[i], segments.end[i]);
  }
  const duration = Math.max(...runs.map(({ timeline }) => timeline.duration));
  const gaps = gapsBetween(starts.subarray(0, count), ends.subarray(0, count), duration);
  return squeeze(gaps, duration, reach.time);
}
