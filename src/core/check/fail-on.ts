import type { Problem, ProblemKind } from '../findings/findings';
import { isHint, isProblemKind } from '../findings/kinds';

type Severity = Problem['severity'];

/** Which findings fail a check: those of a severity and above, and those of some kinds. */
export interface FailOn {
  readonly severity: Severity | undefined;
  readonly kinds: readonly ProblemKind[];
}

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
export const severities = Object.keys(RANKS) as readonly Severity[];

export const failOnWarnings: FailOn = { severity: 'warning', kinds: [] };

/**
 * `error`, `blocking,never-awaited`, `error,unfinished`, `none`.
 * @returns the part that is no severity and no kind, where there is one
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

export function failsOn({ severity, kinds }: FailOn, problem: Pick<Problem, 'kind' | 'severity'>): boolean {
  return (severity !== undefined && RANKS[problem.severity] <= RANKS[severity]) || kinds.includes(problem.kind);
}

/** What is merely worth knowing is reported where it was asked for; hints always are, and fail nothing by themselves. */
export function isReported(failOn: FailOn, problem: Pick<Problem, 'kind' | 'severity'>): boolean {
  return problem.severity !== 'info' || isHint(problem.kind) || failsOn(failOn, problem);
}

function isSeverity(text: string): text is Severity {
  return Object.hasOwn(RANKS, text);
}
