import { spanGroups } from '../lanes/span-groups';
import { userSite } from '../places/chain';
import { isHousekeeping } from '../timeline/library-tasks';
import { type NamedSpan, type Segments, State, type Task, type Timeline } from '../timeline/model';
import type { Stretch } from '../timeline/moment';
import { taskOf } from '../timeline/resource-state';
import { lastBefore, taskIndex } from '../timeline/tasks';
import type { Seconds } from '../units';
import { taskLabel } from '../words/tasks';
import type { StatRow, StatTable } from './stat-row';
import { lengthWithin, segmentWithin } from './within';

/** A row of a table, and what it was made of. */
export interface Measured {
  readonly numbers: StatRow;
  /** Single waits or runs, the shortest first: each as long as it was, also where only a part of it is in the stretch. */
  readonly times: Float64Array;
  /** The longest wait (row of `Segments`), of a coroutine where its longest run began; undefined: none. */
  readonly longest: number | undefined;
  /** Of a table of tasks: its index; of a route: that of the task which served its slowest request. */
  readonly task: number | undefined;
}

/** Rows of one table, most time first. @param within only what lies in this stretch: totals are cut at its ends */
export function measured(timeline: Timeline, table: StatTable, within?: Stretch): Measured[] {
  const rows = { request: requestRows, site: siteRows, coroutine: coroutineRows, task: taskRows }[table](
    timeline,
    within,
  );
  return rows.sort(({ numbers: a }, { numbers: b }) => b.share - a.share || b.count - a.count);
}

/** What is added up for one row. */
class Sum {
  running = 0;
  ready = 0;
  suspended = 0;
  count = 0;
  longest: number | undefined;
  readonly times: Seconds[] = [];

  constructor(
    readonly what: Pick<StatRow, 'name' | 'file' | 'line' | 'column'>,
    readonly task?: number,
  ) {}

  add(state: number, length: Seconds): void {
    if (state === State.running) this.running += length;
    else if (state === State.ready) this.ready += length;
    else if (state === State.suspended) this.suspended += length;
  }

  /** @param row of `Segments` */
  single(time: Seconds, row: number): void {
    if (this.longest === undefined || time > this.#longestTime) {
      this.longest = row;
      this.#longestTime = time;
    }
    this.times.push(time);
  }

  #longestTime: Seconds = 0;

  row(whole: Seconds, time: Seconds, runs = true): Measured {
    const times = Float64Array.from(this.times).sort();
    const rank = (p: number) => times[Math.max(0, Math.ceil(p * times.length) - 1)] ?? 0;
    const { count, ready, suspended, running, what, longest, task } = this;
    const share = whole > 0 ? time / whole : 0;
    const sums = { count, running: runs ? running : null, ready, suspended };
    return {
      numbers: { ...what, ...sums, p50: rank(0.5), p95: rank(0.95), max: rank(1), share },
      times,
      longest,
      task,
    };
  }
}

/** With what was asked of a library in the longest wait there: `user · PostgreSQL SELECT users`. */
function called({ waits, segments }: Timeline, row: Measured): Measured {
  const call = row.longest === undefined ? undefined : waits[segments.about[row.longest]]?.fields.call;
  if (typeof call !== 'string') return row;
  return { ...row, numbers: { ...row.numbers, name: `${row.numbers.name} · ${call}` } };
}

function siteRows(timeline: Timeline, within?: Stretch): Measured[] {
  const { segments, tasks } = timeline;
  const sums = new Map<string, Sum>();
  // By id: many sites of libraries stand for one of the user's.
  const known = new Map<number, Sum | undefined>();
  const sumOf = (id: number): Sum | undefined => {
    const site = userSite(timeline, id);
    if (!site) return undefined;
    const { code, line } = site;
    const column = site.column === null ? null : site.column + 1;
    return summed(sums, `${code.file}:${line}:${column}`, () => {
      return new Sum({ name: code.function, file: code.file, line, column });
    });
  };
  let whole = 0;
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const length = segmentWithin(timeline, row, within);
    if (length === undefined) continue;
    const id = segments.site[row];
    if (!known.has(id)) known.set(id, sumOf(id));
    const sum = known.get(id);
    if (!sum) continue;
    sum.count++;
    sum.add(State.suspended, length);
    sum.single(lengthOf(segments, row), row);
    whole += length;
    const { first, count } = tasks[segments.task[row]];
    if (row + 1 < first + count && segments.state[row + 1] === State.ready)
      sum.add(State.ready, segmentWithin(timeline, row + 1, within) ?? 0);
  }
  return [...sums.values()].map((sum) => called(timeline, sum.row(whole, sum.suspended, false)));
}

function coroutineRows(timeline: Timeline, within?: Stretch): Measured[] {
  const { segments, coroutines, duration } = timeline;
  const sums = new Map<string, Sum>();
  const spent = new Map<Sum, Seconds>();
  for (const run of coroutines) {
    const { code, task: id, start, end, startStep, endStep } = run;
    const inside = lengthWithin(run, within);
    if (inside === undefined) continue;
    const sum = summed(sums, `${code.file}:${code.firstLine}:${code.function}`, () => {
      return new Sum({ name: code.function, file: code.file, line: code.firstLine, column: null });
    });
    sum.count++;
    spent.set(sum, (spent.get(sum) ?? 0) + inside);
    const task = taskOf(timeline, id);
    if (!task) {
      sum.times.push(end - start);
      continue;
    }
    const from = lastBefore(segments, task.first, task.count, startStep + 1) ?? task.first;
    sum.single(end - start, from);
    const [begin, over] = [Math.max(start, within?.start ?? start), Math.min(end, within?.end ?? end)];
    for (let row = from; row < task.first + task.count && segments.startStep[row] <= endStep; row++) {
      const length = Math.min(segments.end[row], over) - Math.max(segments.start[row], begin);
      if (length > 0) sum.add(segments.state[row], length);
    }
  }
  const whole = within ? within.end - within.start : duration;
  return [...sums.values()].map((sum) => sum.row(whole, spent.get(sum) ?? 0));
}

function requestRows(timeline: Timeline, within?: Stretch): Measured[] {
  const { segments, spans, duration, sites, steps } = timeline;
  const whole = within ? within.end - within.start : duration;
  return spanGroups(timeline).flatMap(({ route, kind, members }) => {
    let spent = 0;
    let slowest: number | undefined;
    const site = sites[spans[members[0]].site];
    const sum = new Sum({ name: route, file: site?.code.file ?? null, line: site?.line ?? null, column: null });
    for (const index of members) {
      const { task: id, start, startStep, end = duration, endStep = steps } = spans[index];
      const inside = lengthWithin({ start, end, startStep, endStep: endStep + 1 }, within);
      if (inside === undefined) continue;
      sum.count++;
      spent += inside;
      if (slowest === undefined || end - start > lengthOfSpan(spans[slowest], duration)) slowest = index;
      const task = taskOf(timeline, id);
      const from = task && (lastBefore(segments, task.first, task.count, startStep + 1) ?? task.first);
      if (!task || from === undefined || task.count === 0) {
        sum.times.push(end - start);
        continue;
      }
      sum.single(end - start, from);
      const [begin, over] = [Math.max(start, within?.start ?? start), Math.min(end, within?.end ?? end)];
      for (let row = from; row < task.first + task.count && segments.startStep[row] <= endStep; row++) {
        const length = Math.min(segments.end[row], over) - Math.max(segments.start[row], begin);
        if (length > 0) sum.add(segments.state[row], length);
      }
    }
    if (slowest === undefined) return [];
    const owner = kind === 'request' ? taskIndex(timeline.tasks, spans[slowest].task) : -1;
    const row = sum.row(whole, spent);
    return [owner < 0 ? row : { ...row, task: owner }];
  });
}

function lengthOfSpan({ start, end }: NamedSpan, duration: Seconds): Seconds {
  return (end ?? duration) - start;
}

function taskRows(timeline: Timeline, within?: Stretch): Measured[] {
  const { segments, tasks, sites, duration } = timeline;
  const whole = within ? within.end - within.start : duration;
  return tasks.flatMap((task, index) => {
    if (task.count === 0 || isHousekeeping(task)) return [];
    const site = sites[task.site];
    const column = site?.column == null ? null : site.column + 1;
    const what = { name: nameOf(task), file: site?.code.file ?? null, line: site?.line ?? null, column };
    const sum = new Sum(what, index);
    let inside = false;
    for (let row = task.first; row < task.first + task.count; row++) {
      const length = segmentWithin(timeline, row, within);
      if (length === undefined) continue;
      inside = true;
      const state = segments.state[row];
      sum.add(state, length);
      if (state === State.suspended) sum.single(lengthOf(segments, row), row);
      if (state === State.running) sum.count++;
    }
    const alive =
      Math.min(task.ended, within?.end ?? task.ended) - Math.max(task.created, within?.start ?? task.created);
    return inside ? [sum.row(whole, Math.max(0, alive))] : [];
  });
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
