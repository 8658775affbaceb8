import { firstAxis } from '../../src/core/axis/first-axis';
import type { SameTasks } from '../../src/core/compare/same-tasks';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { Selection, State } from './store';

/**
 * Carries the user's choices over from one run to the next run of the same program: folded and opened lanes, selection, filter, playhead.
 * Choices about tasks that no longer exist are dropped.
 * @param same which task of the new run is which of the old one
 * @param first the initial state of the new lanes; tasks that are new take theirs from it
 */
export function carryOver(state: State, lanes: Lanes, same: SameTasks, first: Partial<State>): Partial<State> {
  const { timeline } = lanes;
  const before = state.lanes!;
  const known = new Set(same.values());
  const opened = kept(state.opened, same);
  for (const task of first.opened ?? []) if (!known.has(task)) opened.add(task);
  const { only } = state.filter;
  const hadTime = before.timeline.duration > 0;
  const hasTime = timeline.duration > 0;
  return {
    lanes,
    hover: undefined,
    collapsed: kept(state.collapsed, same),
    opened,
    openGroups: kept(state.openGroups, same),
    filter: only === undefined ? state.filter : { ...state.filter, only: same.get(only) },
    selection: sameSelection(before, lanes, same, state.selection),
    playhead: state.playhead === undefined ? undefined : Math.min(state.playhead, timeline.steps),
    // A run without time can only show the steps axis; when there is time again, restore the user's choice.
    ...(hasTime === hadTime ? {} : { axis: hasTime ? (state.axisChosen ?? firstAxis(timeline)) : 'steps' }),
  };
}

function kept(tasks: ReadonlySet<number>, same: SameTasks): Set<number> {
  return new Set([...tasks].flatMap((task) => same.get(task) ?? []));
}

function sameSelection(
  before: Lanes,
  after: Lanes,
  same: SameTasks,
  selection: Selection | undefined,
): Selection | undefined {
  if (!selection) return undefined;
  const { segments, tasks } = before.timeline;
  switch (selection.kind) {
    case 'task': {
      const task = same.get(selection.task);
      return task === undefined ? undefined : { kind: 'task', task };
    }
    case 'segment': {
      const index = segments.task[selection.segment];
      const task = same.get(index);
      if (task === undefined) return undefined;
      const { first, count } = after.timeline.tasks[task];
      const nth = selection.segment - tasks[index].first;
      const alike = after.timeline.segments.state[first + nth] === segments.state[selection.segment];
      return nth < count && alike ? { kind: 'segment', segment: first + nth } : { kind: 'task', task };
    }
    case 'group': {
      const task = same.get(before.groups[selection.group].members[0]);
      const group = task === undefined ? -1 : after.groupOf[task];
      return group < 0 ? undefined : { kind: 'group', group };
    }
    case 'output': {
      const was = before.timeline.output[selection.index];
      return after.timeline.output[selection.index]?.text === was.text ? selection : undefined;
    }
    case 'side': {
      const was = before.sides[selection.lane];
      const lane = after.sides.findIndex(({ section, name }) => section === was.section && name === was.name);
      const columns = selection.level ? after.sides[lane]?.series : after.sides[lane]?.bars;
      return columns && selection.entry < columns.count ? { ...selection, lane } : undefined;
    }
    default:
      return undefined;
  }
}
