import { buildLanes, type Lanes } from '../lanes/lanes';
import { isHousekeeping } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';
import { oneLine } from '../words/labels';
import { shortName } from '../words/names';
import { taskCall } from '../words/tasks';
import { Line } from './canvas';
import type { Symbols } from './symbols';
import { columnsOf, cut } from './width';

/** The lanes of tasks that a terminal shows, as an indented tree. */
export interface TextRow {
  /** Index into `Timeline.tasks`. */
  readonly index: number;
  readonly task: Task;
  /** The branches that lead to it. */
  readonly prefix: string;
}

export interface TextRows {
  readonly lanes: Lanes;
  readonly rows: readonly TextRow[];
  /** Tasks that are not shown: asyncio's own housekeeping, those of libraries, and those beyond `most`. */
  readonly internal: number;
  readonly library: number;
  readonly left: number;
}

export function textRows(timeline: Timeline, symbols: Symbols, most: number): TextRows {
  const lanes = buildLanes(timeline);
  const rows: TextRow[] = [];
  let internal = 0;
  let library = 0;
  let left = 0;
  const pending: { index: number; above: string; last: boolean; root: boolean }[] = [];
  // Those that come too late to be shown are only counted.
  const counted: number[] = [];
  const shownOf = (family: readonly number[]) => {
    return family.filter((index) => {
      if (isHousekeeping(timeline.tasks[index])) internal++;
      else if (lanes.library.has(index)) library += sizeOf(lanes, index);
      else return true;
      return false;
    });
  };
  const push = (family: readonly number[], above: string, root: boolean) => {
    const shown = shownOf(family);
    for (let i = shown.length - 1; i >= most; i--) counted.push(shown[i]);
    for (let i = Math.min(shown.length, most) - 1; i >= 0; i--)
      pending.push({ index: shown[i], above, last: i === shown.length - 1, root });
  };
  push(lanes.roots, '', true);
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { index, above, last, root } = next;
    if (rows.length === most) {
      counted.push(index);
      continue;
    }
    const own = root ? '' : last ? symbols.lastBranch : symbols.branch;
    rows.push({ index, task: timeline.tasks[index], prefix: above + own });
    push(lanes.branches[index].children, root ? above : above + (last ? '  ' : symbols.trunk), false);
  }
  for (let index = counted.pop(); index !== undefined; index = counted.pop()) {
    left++;
    for (const child of shownOf(lanes.branches[index].children)) counted.push(child);
  }
  return { lanes, rows, internal, library, left };
}

/** How many tasks a task and all below it are. */
function sizeOf(lanes: Lanes, index: number): number {
  let size = 0;
  const pending = [index];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    size++;
    pending.push(...lanes.branches[next].children);
  }
  return size;
}

/** Widest of the lane names, within reason: the picture needs its room. */
export function nameWidth(rows: readonly TextRow[], others: readonly string[], width: number): number {
  const most = Math.max(14, Math.floor(width * 0.3));
  const widest = Math.max(
    ...rows.map((row) => columnsOf(row.prefix + titleOf(row.task)) + 2),
    ...others.map(columnsOf),
  );
  return Math.min(most, widest);
}

function titleOf(task: Task): string {
  return `${callOf(task)} ${besideOf(task)}`.trimEnd();
}

function callOf(task: Task): string {
  return taskCall(task) ?? oneLine(task.name);
}

/** Its name beside what it runs; its function where more is not known, unless the task is named after it. */
function besideOf(task: Task): string {
  const short = shortName(task.coroutine);
  if (taskCall(task) !== undefined) return oneLine(task.name);
  return short === task.name ? '' : oneLine(short);
}

/** Writes the name of a lane, with the mark of how its task ended. @returns the line, to be gone on with */
export function nameOf({ task, prefix }: TextRow, width: number, symbols: Symbols): Line {
  const made = new Line();
  let at = made.put(0, prefix, 'faint');
  const { mark, ink } = outcomeMark(task, symbols);
  const room = width - at - 2;
  const name = cut(callOf(task), room, symbols.ellipsis);
  at = made.put(at, name, 'strong');
  const rest = room - columnsOf(name) - 1;
  if (rest >= 3) made.put(at + 1, cut(besideOf(task), rest, symbols.ellipsis), 'faint');
  made.put(width - 1, mark, ink);
  return made;
}

function outcomeMark({ outcome }: Task, symbols: Symbols) {
  if (outcome.kind === 'result') return { mark: symbols.result, ink: 'good' } as const;
  if (outcome.kind === 'exception') return { mark: symbols.failed, ink: 'bad' } as const;
  if (outcome.kind === 'cancelled') return { mark: symbols.cancelled, ink: 'stopped' } as const;
  return { mark: symbols.pending.slice(0, 1), ink: 'faint' } as const;
}

/** How a task ended, for the room behind its lane; nothing for a plain `None`. */
export function outcomeText({ outcome }: Task, symbols: Symbols): string {
  if (outcome.kind === 'pending' || outcome.text === 'None') return '';
  if (outcome.kind === 'result') return outcome.text === '' ? '' : `${symbols.arrow} ${oneLine(outcome.text)}`;
  const mark = outcome.kind === 'exception' ? symbols.failed : symbols.cancelled;
  return oneLine(`${mark} ${outcome.text === '' ? outcome.kind : outcome.text}`);
}
