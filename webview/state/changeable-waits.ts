import type { Lanes } from '../../src/core/lanes/lanes';
import { State as TaskState } from '../../src/core/timeline/model';
import type { Change } from '../../src/core/trace/change';
import { type ChangeableWait, changeableWait } from '../../src/core/what-if/wait';
import { isLive, type State } from './store';

/** Whether the program that is shown can be run again with waits that take another time. */
export function canAsk(state: State): boolean {
  return state.live.available && !isLive(state) && state.status.state !== 'running' && state.lanes !== undefined;
}

/** Asked in each frame, of the same bar. */
let last: { readonly lanes: Lanes; readonly segment: number; readonly wait: ChangeableWait | undefined } | undefined;

/** The wait of a segment, if it may be made to take another time. */
export function offered(state: State, segment: number | undefined): ChangeableWait | undefined {
  const { lanes } = state;
  if (segment === undefined || !lanes || !canAsk(state)) return undefined;
  if (last?.lanes !== lanes || last.segment !== segment)
    last = { lanes, segment, wait: changeableWait(lanes.timeline, segment) };
  return last.wait;
}

/** A sleep or a simulated wait on the real clock: there it takes the time it takes. */
export function onRealClock(state: State, segment: number): boolean {
  const { lanes } = state;
  if (!lanes || !canAsk(state) || lanes.timeline.meta.clock !== 'real') return false;
  const { segments, waits } = lanes.timeline;
  if (segments.state[segment] !== TaskState.suspended) return false;
  const kind = waits[segments.about[segment]]?.kind;
  return kind === 'sleep' || kind === 'simulated';
}

/** The changes that the picture was made with. */
export function changesIn({ lanes }: State): Change[] {
  return (lanes?.timeline.meta.whatIf ?? []).filter((change) => change !== undefined);
}

/** The one wait, or each at its place. */
export const whole = (change: Omit<Change, 'to'>, everywhere: boolean): Omit<Change, 'to'> =>
  everywhere ? { ...change, task: null, visit: null } : change;
