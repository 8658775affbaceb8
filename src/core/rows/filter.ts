import { isOpen } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import type { Seconds } from '../units';
import { isCalled } from './search';

/** What the user wants to see; the rest is left out or drawn faint. */
export interface Filter {
  /** By `State`: whether segments in it are shown. */
  readonly states: readonly [ready: boolean, running: boolean, suspended: boolean];
  /** Shorter segments are faint. */
  readonly least: Seconds;
  /** Part of the name, coroutine or file of tasks. */
  readonly text: string;
  /** Only this task and its descendants. */
  readonly only: number | undefined;
}

export const NO_FILTER: Filter = { states: [true, true, true], least: 0, text: '', only: undefined };

export function isFiltering({ states, least, text, only }: Filter): boolean {
  return !states.every(Boolean) || least > 0 || text.trim() !== '' || only !== undefined;
}

/** Whether segments are filtered, not only tasks. */
export function dims({ states, least }: Filter): boolean {
  return !states.every(Boolean) || least > 0;
}

/** The tasks that match a filter. */
export interface FilteredTasks {
  /** By task index: 1 for matching tasks and their ancestors, which the tree needs. */
  readonly rows: Uint8Array;
  /** Number of matching tasks, without ancestors. */
  readonly count: number;
}

/** A task matches if its name and at least one of its segments do. One pass over all segments, only for filters of segments. */
export function filteredTasks(lanes: Lanes, filter: Filter): FilteredTasks | undefined {
  if (!isFiltering(filter)) return undefined;
  const { timeline, branches, indexOf } = lanes;
  const { tasks } = timeline;
  const query = filter.text.trim().toLowerCase();
  const rows = new Uint8Array(tasks.length);
  const below = new Uint8Array(tasks.length);
  let count = 0;
  // Parents come before their children.
  tasks.forEach((task, index) => {
    const parent = branches[index].depth > 0 ? indexOf.get(task.parent) : undefined;
    below[index] = index === filter.only || (parent !== undefined && below[parent]) ? 1 : 0;
    if (filter.only !== undefined && !below[index]) return;
    if (query !== '' && !isCalled(task, query)) return;
    if (dims(filter) && !hasAny(lanes, index, filter)) return;
    rows[index] = 1;
    if (!lanes.library.has(index)) count++;
  });
  for (let index = tasks.length - 1; index >= 0; index--) {
    const parent = branches[index].depth > 0 ? indexOf.get(tasks[index].parent) : undefined;
    if (rows[index] && parent !== undefined) rows[parent] = 1;
  }
  return { rows, count };
}

function hasAny(lanes: Lanes, index: number, filter: Filter): boolean {
  const { first, count } = lanes.timeline.tasks[index];
  for (let row = first; row < first + count; row++) if (passes(filter, lanes, row)) return true;
  return false;
}

/** Whether a segment matches: by state and length. An open segment counts up to where it is drawn. */
export function passes({ states, least }: Filter, { timeline: { segments }, horizon }: Lanes, row: number): boolean {
  const end = isOpen(segments, row) ? horizon.time : segments.end[row];
  return states[segments.state[row]] && end - segments.start[row] >= least;
}
