import type { Problem, ProblemKind } from '../findings/findings';
import { isHint, isProblemKind } from '../findings/kinds';

type Severity = Problem['severity'];

/** Which findings make a check fail: those of a severity or worse, and those of some kinds. */
export interface FailOn {
  readonly severity: Severity | undefined;
  readonly kinds: readonly ProblemKind[];
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
export const severities = Object.keys(RANKS) as readonly Severity[];

/** The default: errors and warnings. */
export const failOnWarnings: FailOn = { severity: 'warning', kinds: [] };

/**
 * Parses the value of `--fail-on`: `error`, `blocking,never-awaited`, `error,unfinished`, `none`.
 * @returns `wrong`: the first part that is neither a severity nor a kind
 */
export function readFailOn(text: string): FailOn | { readonly wrong: string } {
  let severity: Severity | undefined;
  const kinds: ProblemKind[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (isSeverity(part)) severity = severity && RANKS[severity] > RANKS[part] ? severity : part;
    else if (isProblemKind(part)) kinds.push(part);
    else if (part !== 'none') return { wrong: part };
  }
  return { severity, kinds };
}

/** Whether a finding makes the check fail. */
export function failsOn({ severity, kinds }: FailOn, problem: Pick<Problem, 'kind' | 'severity'>): boolean {
  return (severity !== undefined && RANKS[problem.severity] <= RANKS[severity]) || kinds.includes(problem.kind);
}

/** Whether a finding is listed. Infos are listed only if `failOn` names them; hints always are, and do not make the check fail. */
export function isReported(failOn: FailOn, problem: Pick<Problem, 'kind' | 'severity'>): boolean {
  return problem.severity !== 'info' || isHint(problem.kind) || failsOn(failOn, problem);
}

function isSeverity(text: string): text is Severity {
  return Object.hasOwn(RANKS, text);
}
