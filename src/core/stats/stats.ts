import { userSite } from '../places/chain';
import { isHousekeeping } from '../timeline/library-tasks';
import { type Segments, State, type Task, type Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import { lastBefore } from '../timeline/tasks';
import type { Seconds } from '../units';
import { taskLabel } from '../words/tasks';

/** One line of numbers. */
export interface StatRow {
  /** What it is about, for people: `fetch()`, a task, a function that awaits. */
  readonly name: string;
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1; null: not known. */
  readonly column: number | null;
  /** How often: waits of a site, runs of a coroutine, steps of a task. */
  readonly count: number;
  /** null: a site does not run. */
  readonly running: Seconds | null;
  /** Ready for its turn; of a site after its waits. */
  readonly ready: Seconds;
  readonly suspended: Seconds;
  /** Of single waits; of a coroutine of its runs from begin to end. By nearest rank. */
  readonly p50: Seconds;
  readonly p95: Seconds;
  readonly max: Seconds;
  /** Of all suspended time of the run; of a coroutine and a task of the run's duration. 0 … 1 */
  readonly share: number;
}

export const statTables = ['site', 'coroutine', 'task'] as const;
export type StatTable = (typeof statTables)[number];
export type Stats = Readonly<Record<StatTable, readonly StatRow[]>>;

/** Most time first. Linear in the segments, for coroutines times the depth of their nesting. */
export function statsOf(timeline: Timeline): Stats {
  return { site: siteStats(timeline), coroutine: coroutineStats(timeline), task: taskStats(timeline) };
}

/** What is added up for one row. */
class Sum {
  running = 0;
  ready = 0;
  suspended = 0;
  count = 0;
  readonly times: Seconds[] = [];

  constructor(readonly what: Pick<StatRow, 'name' | 'file' | 'line' | 'column'>) {}

  add(state: number, length: Seconds): void {
    if (state === State.running) this.running += length;
    else if (state === State.ready) this.ready += length;
    else if (state === State.suspended) this.suspended += length;
  }

  row(whole: Seconds, time: Seconds, runs = true): StatRow {
    const sorted = Float64Array.from(this.times).sort();
    const rank = (p: number) => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
    const { count, ready, suspended, running, what } = this;
    const share = whole > 0 ? time / whole : 0;
    const numbers = { count, running: runs ? running : null, ready, suspended };
    return { ...what, ...numbers, p50: rank(0.5), p95: rank(0.95), max: rank(1), share };
  }
}

function siteStats(timeline: Timeline): StatRow[] {
  const { segments, tasks } = timeline;
  const sums = new Map<string, Sum>();
  let whole = 0;
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const site = userSite(timeline, segments.site[row]);
    if (!site) continue;
    const { code, line } = site;
    const column = site.column === null ? null : site.column + 1;
    const sum = summed(sums, `${code.file}:${line}:${column}`, () => {
      return new Sum({ name: code.function, file: code.file, line, column });
    });
    const length = lengthOf(segments, row);
    sum.count++;
    sum.add(State.suspended, length);
    sum.times.push(length);
    whole += length;
    const { first, count } = tasks[segments.task[row]];
    if (row + 1 < first + count && segments.state[row + 1] === State.ready)
      sum.add(State.ready, lengthOf(segments, row + 1));
  }
  return sorted([...sums.values()].map((sum) => sum.row(whole, sum.suspended, false)));
}

function coroutineStats(timeline: Timeline): StatRow[] {
  const { segments, coroutines, duration } = timeline;
  const sums = new Map<string, Sum>();
  for (const { code, task: id, start, end, startStep, endStep } of coroutines) {
    const sum = summed(sums, `${code.file}:${code.firstLine}:${code.function}`, () => {
      return new Sum({ name: code.function, file: code.file, line: code.firstLine, column: null });
    });
    sum.count++;
    sum.times.push(end - start);
    const task = taskOf(timeline, id);
    if (!task) continue;
    const from = lastBefore(segments, task.first, task.count, startStep + 1) ?? task.first;
    for (let row = from; row < task.first + task.count && segments.startStep[row] <= endStep; row++) {
      const length = Math.min(segments.end[row], end) - Math.max(segments.start[row], start);
      if (length > 0) sum.add(segments.state[row], length);
    }
  }
  const time = ({ times }: Sum) => times.reduce((a, b) => a + b, 0);
  return sorted([...sums.values()].map((sum) => sum.row(duration, time(sum))));
}

function taskStats(timeline: Timeline): StatRow[] {
  const { segments, tasks, sites, duration } = timeline;
  const rows = tasks.filter((task) => task.count > 0 && !isHousekeeping(task));
  return sorted(
    rows.map((task) => {
      const site = sites[task.site];
      const column = site?.column == null ? null : site.column + 1;
      const sum = new Sum({ name: nameOf(task), file: site?.code.file ?? null, line: site?.line ?? null, column });
      for (let row = task.first; row < task.first + task.count; row++) {
        const [state, length] = [segments.state[row], lengthOf(segments, row)];
        sum.add(state, length);
        if (state === State.suspended) sum.times.push(length);
        if (state === State.running) sum.count++;
      }
      return sum.row(duration, task.ended - task.created);
    }),
  );
}

/** A number tells tasks apart that run the same. */
function nameOf(task: Task): string {
  const label = taskLabel(task);
  return label.includes(task.name) ? label : `${label} ${task.name}`;
}

function lengthOf({ start, end }: Segments, row: number): Seconds {
  return end[row] - start[row];
}

function summed(sums: Map<string, Sum>, key: string, make: () => Sum): Sum {
  const known = sums.get(key) ?? make();
  sums.set(key, known);
  return known;
}

function sorted(rows: StatRow[]): StatRow[] {
  return rows.sort((a, b) => b.share - a.share || b.count - a.count);
}
