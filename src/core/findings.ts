import { type Cancellation, cancellationOf } from './cancellations';
import { userSite } from './chain';
import { wasOver } from './deadlock-words';
import { isLibraryTask } from './library-tasks';
import { type CallbackRun, type Finding, Flag, type ProgramError, State, type Task, type Timeline } from './model';
import type { Seconds } from './units';

/** Everything in a run that somebody should look at, with its place and what it cost; the words are in `finding-words.ts`. */

interface Common {
  readonly severity: 'error' | 'warning' | 'info';
  /** Task id, 0 none. */
  readonly task: number;
  /** Row of `Segments` that shows it best. */
  readonly segment: number | undefined;
  /** Where it is (site id, 0 unknown). */
  readonly site: number;
  readonly start: Seconds;
  readonly startStep: number;
  readonly end: Seconds | undefined;
  /** Time that it cost, of all whom it cost any; 0: none that could be told. */
  readonly cost: Seconds;
  /** How often it happened at this place. */
  readonly times: number;
}

export type Problem = Common &
  (
    | { readonly kind: 'deadlock'; readonly finding: Finding }
    | { readonly kind: ProgramError['kind']; readonly error: ProgramError }
    /** A step, or a callback, that held the loop for long. `late`: how many tasks were ready meanwhile, at its worst time. */
    | { readonly kind: 'blocking'; readonly longest: Seconds; readonly late: number }
    | {
        readonly kind: 'long-callback';
        readonly longest: Seconds;
        readonly late: number;
        readonly callback: CallbackRun;
      }
    /** It was still at work when its loop ended; `cancelled`: and was told so. */
    | { readonly kind: 'unfinished'; readonly cancelled: boolean }
    | { readonly kind: 'cancelled'; readonly from: Cancellation }
  );
export type ProblemKind = Problem['kind'];

/** From this on asyncio's own debug mode calls a step slow. */
const SLOW: Seconds = 0.1;
/** A list that nobody reads to its end tells as much with these. */
const MOST_OF_A_KIND = 100;

const SEVERITIES = { error: 0, warning: 1, info: 2 } as const;

const all = new WeakMap<Timeline, readonly Problem[]>();
const worst = new WeakMap<Timeline, readonly Problem[]>();

/** The worst first; of one severity those that cost most. Linear in the segments. */
export function allProblemsOf(timeline: Timeline): readonly Problem[] {
  const made = all.get(timeline) ?? collect(timeline);
  all.set(timeline, made);
  return made;
}

/** The same, of each kind only as many as somebody would read. */
export function problemsOf(timeline: Timeline): readonly Problem[] {
  const made = worst.get(timeline) ?? worstOf(allProblemsOf(timeline));
  worst.set(timeline, made);
  return made;
}

function worstOf(problems: readonly Problem[]): readonly Problem[] {
  const counts = new Map<ProblemKind, number>();
  return problems.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= MOST_OF_A_KIND;
  });
}

function collect(timeline: Timeline): Problem[] {
  return [
    ...deadlocks(timeline),
    ...timeline.errors.map((error) => ofError(timeline, error)),
    ...blocking(timeline),
    ...unfinished(timeline),
    ...cancellations(timeline),
  ]
    .filter(({ severity, site }) => severity === 'error' || !isIgnored(timeline, site))
    .sort((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity] || b.cost - a.cost || a.startStep - b.startStep);
}

/** A comment of the program asks not to be told of this place. */
function isIgnored({ sites }: Timeline, id: number): boolean {
  for (let site = sites[id]; site; site = sites[site.parent]) if (site.ignored) return true;
  return false;
}

function deadlocks(timeline: Timeline): Problem[] {
  return timeline.findings
    .filter((finding) => !wasOver(timeline, finding))
    .map((finding) => ofDeadlock(timeline, finding, 'error'));
}

export function ofDeadlock({ segments }: Timeline, finding: Finding, severity: Common['severity']): Problem {
  const [first] = finding.stuck;
  const { start, startStep, end } = finding;
  const site = first ? segments.site[first.segment] : 0;
  const place = { task: first?.task ?? 0, segment: first?.segment, site };
  return { kind: 'deadlock', severity, ...place, start, startStep, end, cost: 0, times: 1, finding };
}

const ERROR_SEVERITY: Readonly<Record<ProgramError['kind'], Common['severity']>> = {
  uncaught: 'error',
  handler: 'error',
  'never-retrieved': 'warning',
  'never-awaited': 'warning',
  'awaited-twice': 'error',
  tracer: 'warning',
};

function ofError(_timeline: Timeline, error: ProgramError): Problem {
  const { kind, task, site, time, step } = error;
  const place = { task, site, start: time, startStep: step, end: undefined };
  return { kind, severity: ERROR_SEVERITY[kind], ...place, segment: undefined, cost: 0, times: 1, error };
}

interface Hold {
  readonly loop: number;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly startStep: number;
  /** Row of `Segments`, or a callback. */
  readonly by: number | CallbackRun;
  cost: Seconds;
  late: number;
}

/** Steps and callbacks that held a loop for long, those of one place together. */
function blocking(timeline: Timeline): Problem[] {
  const holds = longHolds(timeline);
  if (holds.length === 0) return [];
  charge(timeline, holds);
  const groups = new Map<string, Hold[]>();
  for (const hold of holds) {
    const key = typeof hold.by === 'number' ? placeKey(timeline, hold.by) : `callback ${hold.by.name}`;
    const group = groups.get(key);
    if (group) group.push(hold);
    else groups.set(key, [hold]);
  }
  return [...groups.values()]
    .map((group) => ofHolds(timeline, group))
    .sort((a, b) => b.cost - a.cost || b.longest - a.longest);
}

function longHolds({ segments, tasks, callbacks }: Timeline): Hold[] {
  const holds: Hold[] = [];
  for (let i = 0; i < segments.count; i++) {
    const [start, end] = [segments.start[i], segments.end[i]];
    // The first step of an eager task is part of the step that made it.
    if (segments.state[i] !== State.running || end - start < SLOW || segments.flags[i] & Flag.eager) continue;
    const { loop } = tasks[segments.task[i]];
    holds.push({ loop, start, end, startStep: segments.startStep[i], by: i, cost: 0, late: 0 });
  }
  for (const callback of callbacks) {
    const { loop, start, end, startStep } = callback;
    if (end - start >= SLOW) holds.push({ loop, start, end, startStep, by: callback, cost: 0, late: 0 });
  }
  return holds.sort((a, b) => a.start - b.start);
}

/** Adds to each hold what tasks of the same loop had to wait meanwhile, though they were ready. */
function charge({ segments, tasks }: Timeline, holds: readonly Hold[]): void {
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready || segments.end[i] <= segments.start[i]) continue;
    for (let at = firstEndingAfter(holds, segments.start[i]); at < holds.length; at++) {
      const hold = holds[at];
      if (hold.start >= segments.end[i]) break;
      const share = Math.min(hold.end, segments.end[i]) - Math.max(hold.start, segments.start[i]);
      if (share <= 0 || hold.loop !== tasks[segments.task[i]].loop) continue;
      hold.cost += share;
      hold.late++;
    }
  }
}

/** Holds of one loop do not overlap, so their ends are in order too; those of several are few enough to begin a little early. */
function firstEndingAfter(holds: readonly Hold[], time: Seconds): number {
  let low = 0;
  let high = holds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds[middle].end <= time) low = middle + 1;
    else high = middle;
  }
  while (low > 0 && holds[low - 1].end > time) low--;
  return low;
}

function placeKey(timeline: Timeline, row: number): string {
  const { segments, tasks } = timeline;
  const site = userSite(timeline, siteOfStep(timeline, row));
  const task = tasks[segments.task[row]];
  return site ? `${site.code.file}:${site.line}` : `${task.coroutine} ${row === task.first + task.count - 1}`;
}

function ofHolds(timeline: Timeline, group: readonly Hold[]): Problem & { readonly longest: Seconds } {
  const worst = group.reduce((a, b) =>
    b.cost > a.cost || (b.cost === a.cost && b.end - b.start > a.end - a.start) ? b : a,
  );
  const { by, start, startStep, end, late } = worst;
  const common = {
    severity: 'warning',
    start,
    startStep,
    end,
    cost: group.reduce((sum, hold) => sum + hold.cost, 0),
    times: group.length,
    longest: Math.max(...group.map((hold) => hold.end - hold.start)),
    late,
  } as const;
  if (typeof by !== 'number')
    return { kind: 'long-callback', ...common, task: by.task, segment: undefined, site: 0, callback: by };
  const task = timeline.tasks[timeline.segments.task[by]];
  return { kind: 'blocking', ...common, task: task.id, segment: by, site: siteOfStep(timeline, by) };
}

/** A step runs from one await to the next: what it did stands before the place where it stopped, else behind the one where it went on. */
function siteOfStep({ segments, tasks }: Timeline, row: number): number {
  const { first, count } = tasks[segments.task[row]];
  if (row + 1 < first + count && segments.state[row + 1] === State.suspended) return segments.site[row + 1];
  for (let before = row - 1; before >= first; before--)
    if (segments.state[before] === State.suspended) return segments.site[before];
  return 0;
}

/** A record that stops before the program does, or goes on still, says nothing about how its tasks will have ended. */
function unfinished(timeline: Timeline): Problem[] {
  const { truncated, exit } = timeline;
  if (truncated || exit === undefined) return [];
  return timeline.tasks.flatMap((task) => {
    if (isLibraryTask(timeline, task)) return [];
    const cancelled = task.outcome.kind === 'cancelled' && cancellationOf(timeline, task).kind === 'outside';
    if (task.outcome.kind !== 'pending' && !cancelled) return [];
    const segment = lastWait(timeline, task);
    return [
      {
        kind: 'unfinished',
        severity: 'warning',
        ...placeIn(timeline, task, segment),
        cost: 0,
        times: 1,
        cancelled,
      } as const,
    ];
  });
}

function cancellations(timeline: Timeline): Problem[] {
  return timeline.tasks.flatMap((task) => {
    if (task.outcome.kind !== 'cancelled' || isLibraryTask(timeline, task)) return [];
    const from = cancellationOf(timeline, task);
    // The end of the program is told of as what it cut short.
    if (from.kind === 'outside' && !timeline.truncated) return [];
    const place = placeIn(timeline, task, lastWait(timeline, task));
    return [{ kind: 'cancelled', severity: 'info', ...place, cost: from.seconds ?? 0, times: 1, from } as const];
  });
}

function placeIn({ segments }: Timeline, task: Task, segment: number | undefined) {
  return {
    task: task.id,
    segment,
    site: segment === undefined ? task.site : segments.site[segment],
    start: segment === undefined ? task.created : segments.start[segment],
    startStep: segment === undefined ? 0 : segments.startStep[segment],
    end: task.outcome.kind === 'pending' ? undefined : task.ended,
  };
}

/** Where a task was suspended last. */
function lastWait({ segments }: Timeline, { first, count }: Task): number | undefined {
  for (let row = first + count - 1; row >= first; row--) if (segments.state[row] === State.suspended) return row;
  return undefined;
}
