import type { Timeline } from '../timeline/model';
import { type AtOnce, awaitedAtOnce } from './at-once';
import { type BusyPoll, busyPolls } from './busy-poll';
import { type Convoy, convoys } from './convoy';
import { type Cancelled, cancellations, type Unfinished, unfinished } from './cut-short';
import { type Deadlock, deadlocks } from './deadlocks';
import { type FailedWith, ofErrors } from './errors';
import { type FanOut, fanOuts } from './fan-out';
import { type LeftOpen, leftOpen } from './left-open';
import { type LeftRunning, leftRunning } from './left-running';
import { type Blocking, blocking, type LongCallback } from './long-turns';
import { type NotThreadSafe, notThreadSafe } from './not-thread-safe';
import { type NotWoken, tasksNotWoken } from './not-woken';
import { type Outlived, outlived } from './outlived';
import { type OwnLock, ownLocks } from './own-lock';
import { type RaceFound, races } from './races';
import { type Sequential, sequential } from './sequential';
import { type StillWaiting, stillWaiting } from './still-waiting';
import { type Swallowed, swallowed } from './swallowed';
import { type Unseen, unseenExceptions } from './unseen-exceptions';
import { type WaitingOutside, waitingOutside } from './waiting-outside';

/** A finding: something in a run that may be wrong, with its place and cost. `problemWords` gives its words. */
export type Problem = Deadlock | FailedWith | Blocking | LongCallback | Unfinished | NotWoken | Cancelled | OfOwnWords;
/** Kinds whose words are in files of their own, not in `finding-words.ts`. */
export type OfOwnWords =
  | Swallowed
  | Outlived
  | StillWaiting
  | NotThreadSafe
  | Unseen
  | LeftOpen
  | LeftRunning
  | WaitingOutside
  | Sequential
  | AtOnce
  | BusyPoll
  | Convoy
  | RaceFound
  | OwnLock
  | FanOut;
export type ProblemKind = Problem['kind'];

/** Nobody reads more findings of one kind than this. */
const MOST_OF_A_KIND = 100;

const SEVERITIES = { error: 0, warning: 1, info: 2 } as const;

const all = new WeakMap<Timeline, readonly Problem[]>();
const worst = new WeakMap<Timeline, readonly Problem[]>();

/** All findings, ordered by severity, then by cost. Remembered for each timeline; the first call is linear in the segments. */
export function allProblemsOf(timeline: Timeline): readonly Problem[] {
  const made = all.get(timeline) ?? collect(timeline);
  all.set(timeline, made);
  return made;
}

/** The same, but at most 100 findings of each kind. */
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
    // Of the same step, the failure stands before the deadlock that it caused.
    ...ofErrors(timeline),
    ...deadlocks(timeline),
    ...blocking(timeline),
    ...tasksNotWoken(timeline),
    ...unfinished(timeline),
    ...swallowed(timeline),
    ...outlived(timeline),
    ...stillWaiting(timeline),
    ...waitingOutside(timeline),
    ...leftRunning(timeline),
    ...notThreadSafe(timeline),
    ...unseenExceptions(timeline),
    ...leftOpen(timeline),
    ...races(timeline),
    ...ownLocks(timeline),
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

/** Whether a comment `# coroscope: ignore` covers this place, or one of the places that lead to it. */
function isIgnored({ sites }: Timeline, id: number): boolean {
  for (let site = sites[id]; site; site = sites[site.parent]) if (site.ignored) return true;
  return false;
}
