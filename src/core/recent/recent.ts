import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import type { Seconds } from '../units';
import { type Busiest, busiestIn, type LoopShare, loopShares } from './busy';
import { type RecentFinding, recentFindings } from './findings';
import { type Rank, ranksOf } from './rank';
import { type RecentRoute, routesIn } from './requests';
import { type TaskCounts, taskCounts } from './tasks';
import { type WaitedAt, waitedIn } from './waits';
import type { Span } from './within';

/** The last seconds of a program. Times of the record are seconds of its own clock. */
export interface Recent {
  readonly program: string;
  readonly python: string;
  readonly clock: 'virtual' | 'real';
  /** How many seconds this tells of. */
  readonly length: Seconds;
  /** Since the last record: all loops wait, or the one step goes on. */
  readonly silent: Seconds;
  readonly tasks: TaskCounts;
  /** Of each loop that is open, how busy it was. */
  readonly loops: readonly LoopShare[];
  /** How long steps were ready before they ran; undefined: there were none. */
  readonly lag: Rank | undefined;
  /** Steps of tasks. */
  readonly steps: number;
  /** What held the loop, longest first. */
  readonly busiest: readonly Busiest[];
  /** Where tasks were suspended, most time first. */
  readonly waits: readonly WaitedAt[];
  /** Requests by route, and named spans, those with most first. */
  readonly routes: readonly RecentRoute[];
  /** The newest first. */
  readonly findings: readonly RecentFinding[];
  /** The record is complete: the program has ended. */
  readonly ended: boolean;
}

export interface RecentOptions {
  /** How many seconds are told of. */
  readonly length: Seconds;
  /** The record is complete. */
  readonly ended: boolean;
  /** By id of span: when it began, where that was before the timeline does. */
  readonly began?: ReadonlyMap<number, Seconds>;
}

/** Rows of a table: nobody sees more of them at once. */
const MOST_ROWS = 20;

/**
 * Linear in the segments, and in what findings cost.
 * @param now on the clock of the timeline; what is open goes on until then
 */
export function recentOf(
  timeline: Timeline,
  now: Seconds,
  { length, ended, began }: RecentOptions,
  t: Translate,
): Recent {
  const { meta, duration } = timeline;
  const until = Math.max(now, duration);
  const span: Span = { from: Math.max(0, until - length), until };
  const { lags, steps, busiest } = busiestIn(timeline, span);
  return {
    program: meta.program,
    python: meta.python,
    clock: meta.clock,
    length: span.until - span.from,
    silent: until - duration,
    tasks: taskCounts(timeline, span),
    loops: loopShares(timeline, span),
    lag: ranksOf(lags),
    steps,
    busiest: busiest.slice(0, MOST_ROWS),
    waits: waitedIn(timeline, span, t).slice(0, MOST_ROWS),
    routes: routesIn(timeline, span, began).slice(0, MOST_ROWS),
    findings: recentFindings(timeline, until, t).slice(0, MOST_ROWS),
    ended,
  };
}
