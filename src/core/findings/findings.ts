import { type Cancellation, cancellationOf, cancelledRow } from '../causes/cancellations';
import { notWoken } from '../causes/not-woken';
import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { heldFor, holdIn, SLOW, slowFrom } from '../timeline/holds';
import { isLibraryTask } from '../timeline/library-tasks';
import {
  type CallbackRun,
  type Finding,
  Flag,
  type Hold,
  type ProgramError,
  State,
  type Task,
  type Timeline,
} from '../timeline/model';
import type { Seconds } from '../units';
import { blamed, wasOver } from '../words/deadlocks';
import { type AtOnce, awaitedAtOnce } from './at-once';
import { type BusyPoll, busyPolls } from './busy-poll';
import { type Convoy, convoys } from './convoy';
import { isTold, type NotThreadSafe, notThreadSafe } from './crossed';
import { type FanOut, fanOuts } from './fan-out';
import { isOfClosing, type LeftOpen, leftOpen } from './left-open';
import { type Outlived, outlived } from './outlived';
import type { Common } from './problem';
import { type Sequential, sequential } from './sequential';
import { type StillWaiting, stillWaiting } from './still-waiting';
import { type Swallowed, swallowed } from './swallowed';
import { type Unseen, unseenExceptions } from './unseen';

/** Everything in a run that somebody should look at, with its place and what it cost; the words are in `finding-words.ts`. */

export type Problem =
  | (Common &
      (
        | { readonly kind: 'deadlock'; readonly finding: Finding }
        | { readonly kind: ProgramError['kind']; readonly error: ProgramError }
        /** A step, or a callback, that held the loop for long. `late`: how many tasks were ready meanwhile, at its worst time. */
        | {
            readonly kind: 'blocking';
            readonly longest: Seconds;
            readonly late: number;
            /** What is known of the worst of these turns. */
            readonly hold: Hold | undefined;
          }
        | {
            readonly kind: 'long-callback';
            readonly longest: Seconds;
            readonly late: number;
            readonly hold: Hold | undefined;
            readonly callback: CallbackRun;
          }
        /** It was still at work when its loop ended; `cancelled`: and was told so. */
        | { readonly kind: 'unfinished'; readonly cancelled: boolean }
        /** It was ready while its loop slept: another thread made it so, and did not wake the loop. */
        | { readonly kind: 'not-woken' }
        | { readonly kind: 'cancelled'; readonly from: Cancellation }
      ))
  | OfOwnWords;
/** Kinds that have a file of their own. */
export type OfOwnWords =
  | Swallowed
  | Outlived
  | StillWaiting
  | NotThreadSafe
  | Unseen
  | LeftOpen
  | Sequential
  | AtOnce
  | BusyPoll
  | Convoy
  | FanOut;
export type ProblemKind = Problem['kind'];

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
    ...ofErrors(timeline),
    ...blocking(timeline),
    ...inVain(timeline),
    ...unfinished(timeline),
    ...swallowed(timeline),
    ...outlived(timeline),
    ...stillWaiting(timeline),
    ...notThreadSafe(timeline),
    ...unseenExceptions(timeline),
    ...leftOpen(timeline),
    ...sequential(timeline),
    ...awaitedAtOnce(timeline),
    ...busyPolls(timeline),
    ...convoys(timeline),
    ...fanOuts(timeline),
    ...cancellations(timeline),
  ]
    .filter(({ severity, site }) => severity === 'error' || !isIgnored(timeline, site))
    .sort((a, b) => SEVERITIES[a.severity] - SEVERITIES[b.severity] || b.cost - a.cost || a.startStep - b.startStep);
}

/** The program ended with the error of a second await, which is told where it stands. */
export function isToldAlready({ errors }: Timeline, { kind, message }: ProgramError): boolean {
  return kind === 'uncaught' && errors.some((other) => other.kind === 'awaited-twice' && other.message === message);
}

/** A comment of the program asks not to be told of this place. */
function isIgnored({ sites }: Timeline, id: number): boolean {
  for (let site = sites[id]; site; site = sites[site.parent]) if (site.ignored) return true;
  return false;
}

function deadlocks(timeline: Timeline): Problem[] {
  return timeline.findings
    .filter((finding) => !wasOver(timeline, finding))
    .map((finding) => ofDeadlock(timeline, finding, onlyIdle(timeline, finding) ? 'warning' : 'error'));
}

/** Workers that were left waiting for more do no harm but that they are there. */
function onlyIdle({ waits, segments }: Timeline, { beside, stuck }: Finding): boolean {
  return beside === true && stuck.every(({ segment }) => waits[segments.about[segment]]?.kind === 'queue.get');
}

export function ofDeadlock(timeline: Timeline, finding: Finding, severity: Common['severity']): Problem {
  const { segments } = timeline;
  const [first] = finding.cycle.length > 1 ? finding.stuck : blamed(timeline, finding);
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

/** Errors, those of coroutines that were never awaited once for each place. */
function ofErrors(timeline: Timeline): Problem[] {
  const problems: Problem[] = [];
  const places = new Map<string, number>();
  for (const error of timeline.errors) {
    if (isToldAlready(timeline, error) || isOfClosing(timeline, error)) continue;
    const problem = ofError(timeline, error);
    const site = userSite(timeline, error.site);
    const key = error.kind === 'never-awaited' && site ? `${site.code.file}:${site.line} ${error.message}` : '';
    const known = places.get(key);
    if (key !== '' && known !== undefined) {
      problems[known] = { ...problems[known], times: problems[known].times + 1 };
      continue;
    }
    if (key !== '') places.set(key, problems.length);
    problems.push(problem);
  }
  return problems;
}

function ofError(timeline: Timeline, error: ProgramError): Problem {
  const { kind, task, time, step } = error;
  // A group was raised where tasks were awaited; what is to be mended is where the first of them failed.
  const site = error.holds?.find((held) => held.site > 0)?.site ?? error.site;
  const place = { task, site, start: time, startStep: step, end: undefined };
  const severity = isCauseOfHang(timeline, error) ? 'error' : ERROR_SEVERITY[kind];
  return { kind, severity, ...place, segment: undefined, cost: 0, times: 1, error };
}

/** A task failed, nobody noticed, and others hang afterwards: most likely because of that. */
export function isCauseOfHang({ findings }: Pick<Timeline, 'findings'>, { kind, step }: ProgramError): boolean {
  return kind === 'never-retrieved' && findings.some(({ end, startStep }) => end === undefined && startStep >= step);
}

interface LongTurn {
  readonly loop: number;
  readonly start: Seconds;
  readonly end: Seconds;
  /** How much of that it held the loop by itself. */
  readonly length: Seconds;
  readonly startStep: number;
  /** Row of `Segments`, or a callback. */
  readonly by: number | CallbackRun;
  readonly hold: Hold | undefined;
  cost: Seconds;
  late: number;
}

/** Steps and callbacks that held a loop for long, those of one place together. */
function blocking(timeline: Timeline): Problem[] {
  const turns = longTurns(timeline);
  if (turns.length === 0) return [];
  charge(timeline, turns);
  const groups = new Map<string, LongTurn[]>();
  for (const turn of turns) {
    const key = placeKey(timeline, turn);
    const group = groups.get(key);
    if (group) group.push(turn);
    else groups.set(key, [turn]);
  }
  return [...groups.values()]
    .map((group) => ofTurns(timeline, group))
    .sort((a, b) => b.cost - a.cost || b.longest - a.longest);
}

function longTurns(timeline: Timeline): LongTurn[] {
  const { segments, tasks, callbacks } = timeline;
  const turns: LongTurn[] = [];
  const add = (turn: Pick<LongTurn, 'loop' | 'start' | 'end' | 'startStep' | 'by'> & { endStep: number }) => {
    if (turn.end - turn.start < SLOW) return;
    const length = heldFor(timeline, turn);
    const hold = holdIn(timeline, turn);
    if (length >= slowFrom(timeline, hold)) turns.push({ ...turn, length, hold, cost: 0, late: 0 });
  };
  for (let i = 0; i < segments.count; i++) {
    // The first step of an eager task is part of the step that made it.
    if (segments.state[i] !== State.running || segments.flags[i] & Flag.eager) continue;
    const [startStep, endStep] = [segments.startStep[i], segments.endStep[i]];
    const { loop } = tasks[segments.task[i]];
    add({ loop, start: segments.start[i], end: segments.end[i], startStep, endStep, by: i });
  }
  for (const callback of callbacks) {
    const { loop, start, end, startStep, endStep } = callback;
    add({ loop, start, end, startStep, endStep, by: callback });
  }
  return turns.sort((a, b) => a.start - b.start);
}

/** Adds to each long turn what tasks of the same loop had to wait meanwhile, though they were ready. */
function charge({ segments, tasks }: Timeline, turns: readonly LongTurn[]): void {
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready || segments.end[i] <= segments.start[i]) continue;
    for (let at = firstEndingAfter(turns, segments.start[i]); at < turns.length; at++) {
      const turn = turns[at];
      if (turn.start >= segments.end[i]) break;
      const share = Math.min(turn.end, segments.end[i]) - Math.max(turn.start, segments.start[i]);
      if (share <= 0 || turn.loop !== tasks[segments.task[i]].loop) continue;
      turn.cost += Math.min(share, turn.length);
      turn.late++;
    }
  }
}

/** Turns of one loop do not overlap, so their ends are in order too; those of several are few enough to begin a little early. */
function firstEndingAfter(turns: readonly LongTurn[], time: Seconds): number {
  let low = firstWhere(0, turns.length, (i) => turns[i].end > time);
  while (low > 0 && turns[low - 1].end > time) low--;
  return low;
}

function placeKey(timeline: Timeline, { by, hold }: LongTurn): string {
  const site = userSite(timeline, siteOfTurn(timeline, by, hold));
  if (site && hold) return `${site.code.file}:${site.line} ${site.call}`;
  if (typeof by !== 'number') return `callback ${by.name}`;
  const task = timeline.tasks[timeline.segments.task[by]];
  return site ? `${site.code.file}:${site.line}` : `${task.coroutine} ${by === task.first + task.count - 1}`;
}

function ofTurns(timeline: Timeline, group: readonly LongTurn[]): Problem & { readonly longest: Seconds } {
  const worst = group.reduce((a, b) => (b.cost > a.cost || (b.cost === a.cost && b.length > a.length) ? b : a));
  const { by, start, startStep, end, late, hold } = worst;
  const common = {
    severity: 'warning',
    start,
    startStep,
    end,
    site: siteOfTurn(timeline, by, hold),
    cost: group.reduce((sum, turn) => sum + turn.cost, 0),
    times: group.length,
    longest: Math.max(...group.map(({ length }) => length)),
    late,
    hold,
  } as const;
  if (typeof by !== 'number')
    return { kind: 'long-callback', ...common, task: by.task, segment: undefined, callback: by };
  const task = timeline.tasks[timeline.segments.task[by]];
  return { kind: 'blocking', ...common, task: hold?.task || task.id, segment: by };
}

/** The call that held the loop; of a step that was cut off at least where it stood then. Never an await before or after it. */
function siteOfTurn({ segments }: Timeline, by: LongTurn['by'], hold: Hold | undefined): number {
  return hold?.site || (typeof by === 'number' ? segments.site[by] : 0);
}

function inVain(timeline: Timeline): Problem[] {
  const { segments, tasks } = timeline;
  const rows = notWoken(timeline).filter((row) => !isTold(timeline, segments.start[row]));
  return rows.map((row) => {
    const task = tasks[segments.task[row]];
    const waited = row > task.first && segments.state[row - 1] === State.suspended ? row - 1 : row;
    const [start, end] = [segments.start[row], segments.end[row]];
    return {
      kind: 'not-woken',
      severity: 'warning',
      task: task.id,
      segment: row,
      site: segments.site[waited],
      start,
      startStep: segments.startStep[row],
      end,
      cost: end - start,
      times: 1,
    } as const;
  });
}

/** A record that stops before the program does, or goes on still, says nothing about how its tasks will have ended. */
function unfinished(timeline: Timeline): Problem[] {
  const { truncated, exit } = timeline;
  if (truncated || exit === undefined) return [];
  return timeline.tasks.flatMap((task) => {
    // An async generator that was dropped is closed in a task that asyncio makes: it has no code of its own.
    if (isLibraryTask(timeline, task) || !task.code) return [];
    const cancelled = task.outcome.kind === 'cancelled' && isEnd(cancellationOf(timeline, task));
    if ((task.outcome.kind !== 'pending' && !cancelled) || isRunning(timeline, task)) return [];
    const segment = cancelled ? waitCutShort(timeline, task) : lastWait(timeline, task);
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

/** The program ended inside a step of this task: it did not wait for anything. */
function isRunning({ segments }: Timeline, { first, count }: Task): boolean {
  const last = first + count - 1;
  return count > 0 && segments.state[last] === State.running && (segments.flags[last] & Flag.open) !== 0;
}

function cancellations(timeline: Timeline): Problem[] {
  return timeline.tasks.flatMap((task) => {
    if (task.outcome.kind !== 'cancelled' || isLibraryTask(timeline, task)) return [];
    const from = cancellationOf(timeline, task);
    // The end of the program is told of as what it cut short.
    if (isEnd(from) && !timeline.truncated) return [];
    const place = placeIn(timeline, task, waitCutShort(timeline, task));
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

/** Whatever was left when the program had ended. */
function isEnd({ kind }: Cancellation): boolean {
  return kind === 'outside' || kind === 'ended';
}

/** What a cancelled task waited for, not what it waited for in clearing up; undefined if it was ready. */
function waitCutShort(timeline: Timeline, task: Task): number | undefined {
  const row = cancelledRow(timeline, task);
  // Who awaited a task that was cancelled learns of it where it waited.
  return row !== undefined && row > task.first && timeline.segments.state[row - 1] === State.suspended
    ? row - 1
    : undefined;
}

/** Where a task was suspended last. */
function lastWait({ segments }: Timeline, { first, count }: Task): number | undefined {
  for (let row = first + count - 1; row >= first; row--) if (segments.state[row] === State.suspended) return row;
  return undefined;
}
