import type { Lanes } from '../../src/core/lanes/lanes';
import { State as TaskState } from '../../src/core/timeline/model';
import type { Change } from '../../src/core/trace/change';
import { type ChangeableWait, changeableWait } from '../../src/core/what-if/wait';
import { isLive, type State } from './store';

/** Whether the program can be run again with other durations for waits. */
export function canAsk(state: State): boolean {
  return state.live.available && !isLive(state) && state.status.state !== 'running' && state.lanes !== undefined;
}

/** Cached: asked in each frame for the same bar. */
let last: { readonly lanes: Lanes; readonly segment: number; readonly wait: ChangeableWait | undefined } | undefined;

/** The wait of a segment, if its duration can be changed. */
export function offered(state: State, segment: number | undefined): ChangeableWait | undefined {
  const { lanes } = state;
  if (segment === undefined || !lanes || !canAsk(state)) return undefined;
  if (last?.lanes !== lanes || last.segment !== segment)
    last = { lanes, segment, wait: changeableWait(lanes.timeline, segment) };
  return last.wait;
}

/** A sleep or a simulated wait on the real clock, where durations cannot be changed. */
export function onRealClock(state: State, segment: number): boolean {
  const { lanes } = state;
  if (!lanes || !canAsk(state) || lanes.timeline.meta.clock !== 'real') return false;
  const { segments, waits } = lanes.timeline;
  if (segments.state[segment] !== TaskState.suspended) return false;
  const kind = waits[segments.about[segment]]?.kind;
  return kind === 'sleep' || kind === 'simulated';
}

/** The changes that the current run was made with. */
export function changesIn({ lanes }: State): Change[] {
  return (lanes?.timeline.meta.whatIf ?? []).filter((change) => change !== undefined);
}

/** A change of this one wait, or (`everywhere`) of each wait of its line. */
export const whole = (change: Omit<Change, 'to'>, everywhere: boolean): Omit<Change, 'to'> =>
  everywhere ? { ...change, task: null, visit: null } : change;
