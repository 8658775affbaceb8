import { problemWords } from '../findings/finding-words';
import { type Problem, type ProblemKind, problemsOf } from '../findings/findings';
import { userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import type { Seconds } from '../units';

/** A finding, as far as a line tells it. */
export interface RecentFinding {
  readonly kind: ProblemKind;
  readonly severity: Problem['severity'];
  readonly title: string;
  /** Undefined: no place in the program's own code is known. */
  readonly file: string | undefined;
  readonly line: number;
  /** How long ago it was. */
  readonly age: Seconds;
  /** How often it happened in what is kept. */
  readonly times: number;
}

/** What is only known when a program has ended. While it runs, all that still goes on would look like it. */
const AT_END: ReadonlySet<ProblemKind> = new Set([
  'unfinished',
  'still-waiting',
  'waiting-outside',
  'generator-left-open',
  'left-running',
  'cancelled',
  'tracer',
]);

/** The newest first. */
export function recentFindings(timeline: Timeline, now: Seconds, t: Translate): RecentFinding[] {
  return problemsOf(timeline)
    .filter(({ kind }) => !AT_END.has(kind))
    .map((problem) => {
      const { kind, severity, times, start, end } = problem;
      const site = userSite(timeline, problem.site) ?? userSite(timeline, taskOf(timeline, problem.task)?.site ?? 0);
      return {
        kind,
        severity,
        title: problemWords(timeline, problem, t).title,
        file: site?.code.file,
        line: site?.line ?? 0,
        age: Math.max(0, now - (end ?? start)),
        times,
      };
    })
    .sort((a, b) => a.age - b.age);
}
