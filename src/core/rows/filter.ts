import { isOpen } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import type { Seconds } from '../units';
import { isCalled } from './search';

/** What of the picture is to be seen; the rest is left out or faint. */
export interface Filter {
  /** By `State`: whether segments in it are shown. */
  readonly states: readonly [ready: boolean, running: boolean, suspended: boolean];
  /** Shorter segments are faint. */
  readonly least: Seconds;
  /** Part of the name, coroutine or file of tasks. */
  readonly text: string;
  /** Only this task and those below it. */
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

/** Which tasks a filter leaves. */
export interface Kept {
  /** By task index: 1 for those, and for their ancestors, without which they would stand nowhere. */
  readonly rows: Uint8Array;
  /** How many of them, without ancestors. */
  readonly count: number;
}

/** A task is left if its name fits and one of its segments does. One pass over all segments, for filters of segments only. */
export function keptBy(lanes: Lanes, filter: Filter): Kept | undefined {
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

/** Whether a segment is in a state that is shown, and long enough. What was not over when the record ended counts as long as it is drawn. */
export function passes({ states, least }: Filter, { timeline: { segments }, horizon }: Lanes, row: number): boolean {
  const end = isOpen(segments, row) ? horizon.time : segments.end[row];
  return states[segments.state[row]] && end - segments.start[row] >= least;
}
