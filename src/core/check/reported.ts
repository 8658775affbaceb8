import { problemWords } from '../findings/finding-words';
import { type Problem, type ProblemKind, problemsOf } from '../findings/findings';
import { chainOf, userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Site } from '../trace/records';
import type { Translate } from '../translate';
import type { Seconds } from '../units';
import { errorPlace } from '../words/errors';

/** Where a finding is. Lines and columns from 1; columns are UTF-16 code units, `endColumn` is the one behind the last. */
export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  /** `null`: not known, as before Python 3.11. */
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** Qualified name of the function; empty where it is not known. */
  readonly function: string;
}

/** A finding as it is reported. */
export interface Reported {
  readonly kind: ProblemKind;
  readonly severity: Problem['severity'];
  readonly message: string;
  /** Empty: there is nothing to add. */
  readonly why: string;
  readonly advice: string;
  /** Undefined: nobody knows. */
  readonly place: ReportedPlace | undefined;
  /** The places that led there, the program's own first: `main()` awaits `fetch()`, in which it is. */
  readonly chain: readonly ReportedPlace[];
  readonly cost: Seconds;
  readonly times: number;
}

/** @param maxBlock a step may hold its loop for so long without being reported */
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

/** In the program's own code: where it is, else where its task was created; a place in a library tells nobody what to change. */
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
