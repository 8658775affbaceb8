import { MANY_TASKS } from '../../src/core/lanes/groups';
import type { Lanes } from '../../src/core/lanes/lanes';
import { type SectionKind, sectionKinds } from '../../src/core/lanes/side-lane';
import { NO_FILTER } from '../../src/core/rows/filter';
import type { State } from '../state/store';

/** Small programs show their coroutines from the start, so that a beginner does not have to look for them. */
const OPEN_UP_TO_ROWS = 14;
const MOST_LANES_OPEN = 12;

/** What of the state a run begins with: which rows are open, folded and grouped, and nothing selected. */
export function initialView(lanes: Lanes): Partial<State> {
  return {
    selection: undefined,
    why: undefined,
    collapsed: new Set(),
    opened: openAtFirst(lanes),
    grouped: lanes.timeline.tasks.length >= MANY_TASKS,
    openGroups: new Set(),
    filter: NO_FILTER,
    folded: foldedAtFirst(lanes),
    playhead: undefined,
    range: undefined,
    rangeFollows: false,
    ranging: false,
  };
}

/** A run that took longer was watched on its axis (s). */
const WATCHED = 3;

/** What of a live run's view stays when the run ends. */
export function viewOfLiveRun({ lanes, axis, axisChosen, collapsed, library, filter }: State): Partial<State> {
  const { duration = 0, meta } = lanes?.timeline ?? {};
  const wasWatched = meta?.clock === 'real' && duration > WATCHED;
  const keeps = duration > 0 && (axisChosen !== undefined || wasWatched);
  return { collapsed, library, filter, ...(keeps ? { axis } : {}) };
}

/** A section with very many lanes would push everything below it out of sight. */
function foldedAtFirst({ sides }: Lanes): ReadonlySet<SectionKind> {
  const many = (section: SectionKind) => sides.filter((side) => side.section === section).length > MOST_LANES_OPEN;
  return new Set(sectionKinds.filter(many));
}

function openAtFirst({ branches }: Lanes): ReadonlySet<number> {
  const nested = branches.flatMap(({ levels }, task) => (levels.length > 1 ? [task] : []));
  const rows = branches.length + nested.reduce((sum, task) => sum + branches[task].levels.length, 0);
  return new Set(rows <= OPEN_UP_TO_ROWS ? nested : []);
}
