import { problemWords } from '../findings/finding-words';
import { type Problem, type ProblemKind, problemsOf } from '../findings/findings';
import { chainOf, userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Site } from '../trace/records';
import type { Translate } from '../translate';
import type { Seconds } from '../units';
import { errorPlace } from '../words/errors';

/** Place of a finding. Lines and columns count from 1, columns in UTF-16 code units. `endColumn` is exclusive. */
export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  /** `null`: unknown, as before Python 3.11. */
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** Qualified name of the function; empty if unknown. */
  readonly function: string;
}

/** A finding as a check reports it. */
export interface Reported {
  readonly kind: ProblemKind;
  readonly severity: Problem['severity'];
  readonly message: string;
  /** May be empty. */
  readonly why: string;
  readonly advice: string;
  /** Undefined: unknown. */
  readonly place: ReportedPlace | undefined;
  /** The await chain that leads to the place, outermost first: `main()` awaits `fetch()`, which has the finding. */
  readonly chain: readonly ReportedPlace[];
  readonly cost: Seconds;
  readonly times: number;
}

/**
 * The findings of a run, for a check.
 * @param maxBlock seconds for which a step may block its loop without being reported
 */
export function reportedIn(timeline: Timeline, maxBlock: Seconds, t: Translate): Reported[] {
  return problemsOf(timeline)
    .filter((problem) => !('longest' in problem) || problem.longest > maxBlock)
    .map((problem) => {
      const { kind, severity, cost, times } = problem;
      const { title, why, advice } = problemWords(timeline, problem, t);
      const chain = chainOf(timeline, problem.site)
        .filter(({ code }) => code.user)
        .map(placeOfSite);
      const place = placeOf(timeline, problem);
      return { kind, severity, message: title, why, advice, place, chain, cost, times };
    });
}

/** The place in the program's own code, or else where its task was created. A place in a library would not say what to change. */
function placeOf(timeline: Timeline, problem: Problem): ReportedPlace | undefined {
  for (const id of [problem.site, taskOf(timeline, problem.task)?.site ?? 0]) {
    const site = userSite(timeline, id);
    if (site?.code.user) return placeOfSite(site);
  }
  const found = 'error' in problem ? errorPlace(problem.error) : undefined;
  return found && { ...found, column: null, endLine: null, endColumn: null, function: '' };
}

function placeOfSite({ code, line, column, endLine, endColumn }: Site): ReportedPlace {
  return {
    file: code.file,
    line,
    column: column === null ? null : column + 1,
    endLine,
    endColumn: endColumn === null ? null : endColumn + 1,
    function: code.function,
  };
}
