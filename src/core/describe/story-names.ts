import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { oneLine } from '../words/labels';
import { taskTitle } from '../words/tasks';

/** More lanes than these in one sentence are only counted. */
export const MOST_NAMED = 3;

/** The tasks of some segments, without saying one twice. */
export function namesOf({ segments, tasks }: Timeline, rows: readonly number[], t: Translate): string {
  const each = [...new Set(rows.map((row) => segments.task[row]))];
  const shown = each
    .slice(0, MOST_NAMED)
    .map((task) => taskTitle(tasks[task]))
    .join(', ');
  return each.length > MOST_NAMED ? t('{0} and {1} more', shown, each.length - MOST_NAMED) : shown;
}

/** A text of the program in one short line. */
export function short(text: string): string {
  const line = oneLine(text);
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
