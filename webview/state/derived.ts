import { type Axis, axisOf } from '../../src/core/axis/axis';
import { type Ghost, ghostOf as ghostBeside } from '../../src/core/compare/ghost';
import { shownSteps } from '../../src/core/lanes/shown-steps';
import { type FilteredTasks, filteredTasks } from '../../src/core/rows/filter';
import { type Found, search } from '../../src/core/rows/search';
import type { CriticalPath } from '../../src/core/why/path';
import { pathOfAsked } from '../../src/core/why/span-path';
import { isLive, type State } from './store';

/** Values derived from the state; each is computed again only when its inputs have changed. */

export const foundOf: (state: State) => Found | undefined = remembered(
  ({ lanes, searching, words }) => [lanes, searching?.text, words],
  ({ lanes, searching, words }) => lanes && searching && search(lanes, searching.text, words),
);

export const filteredTasksOf: (state: State) => FilteredTasks | undefined = remembered(
  ({ lanes, filter }) => [lanes, filter],
  ({ lanes, filter }) => lanes && filteredTasks(lanes, filter),
);

/** The run to compare with. Not while the current one is live: which tasks are the same is known at its end. */
export const ghostOf: (state: State) => Ghost | undefined = remembered(
  (state) => [state.lanes, state.older, isLive(state)],
  (state) => {
    const { lanes, older } = state;
    return lanes && older && !isLive(state) ? ghostBeside(older.lanes, lanes, older.label) : undefined;
  },
);

export const olderFilteredTasksOf: (state: State) => FilteredTasks | undefined = remembered(
  ({ older, filter }) => [older, filter],
  ({ older, filter }) => older && filteredTasks(older.lanes, { ...filter, only: undefined }),
);

/** The critical path that is shown; not in a live run, whose end is unknown. */
export const pathOf: (state: State) => CriticalPath | undefined = remembered(
  (state) => [state.lanes, state.why, isLive(state)],
  (state) => {
    const { lanes, why } = state;
    return lanes && why !== undefined && !isLive(state) ? pathOfAsked(lanes.timeline, why) : undefined;
  },
);

/** The axis of what is shown. */
export function axisIn(state: State): Axis {
  return axisOf(state.lanes!, state.axis, ghostOf(state), showsAll(state));
}

/** How many events there are to step through. */
export function stepsOf(state: State): number {
  const { lanes } = state;
  if (!lanes) return 0;
  return showsAll(state) ? lanes.timeline.steps : shownSteps(lanes);
}

/** Whether everything that ran is shown, or all but what asyncio does to clean up. That begins when a live run ends. */
function showsAll(state: State): boolean {
  return state.library || isLive(state);
}

function remembered<T>(from: (state: State) => readonly unknown[], reckon: (state: State) => T): (state: State) => T {
  let last: { readonly inputs: readonly unknown[]; readonly result: T } | undefined;
  return (state) => {
    const inputs = from(state);
    if (!last?.inputs.every((input, i) => input === inputs[i])) last = { inputs, result: reckon(state) };
    return last.result;
  };
}
