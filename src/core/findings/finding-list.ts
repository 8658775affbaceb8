import { userSite } from '../places/chain';
import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { placeOf } from '../words/places';
import { problemWords } from './finding-words';
import { allProblemsOf, type Problem, problemsOf } from './findings';
import { problemLabel } from './kind-labels';

/** Findings with the same label. Two kinds may share one. */
export interface FindingKind {
  readonly label: string;
  readonly severity: Problem['severity'];
  readonly findings: readonly Problem[];
}

/** The labels of all findings, ordered by the worst finding of each. */
export function findingKinds(timeline: Timeline, t: Translate): FindingKind[] {
  const kinds = new Map<string, Problem[]>();
  for (const problem of problemsOf(timeline)) {
    const label = problemLabel(problem.kind, t);
    const known = kinds.get(label);
    if (known) known.push(problem);
    else kinds.set(label, [problem]);
  }
  return [...kinds].map(([label, findings]) => ({ label, severity: findings[0].severity, findings }));
}

/** Number of findings that are errors or warnings. */
export function seriousCount(timeline: Timeline): number {
  return allProblemsOf(timeline).filter(({ severity }) => severity !== 'info').length;
}

/** Place, start and cost: `shop.py:12 · at 300 ms · cost 1.5 s`. */
export function findingFacts(timeline: Timeline, problem: Problem, root: string, t: Translate): string {
  const site = userSite(timeline, problem.site);
  const place = site ? placeOf(timeline, site.code.file, site.line, root).text : '';
  const cost = problem.cost > 0 && problem.kind !== 'cancelled' ? t('cost {0}', formatDuration(problem.cost)) : '';
  return [place, t('at {0}', formatDuration(problem.start)), cost].filter(Boolean).join(' · ');
}

/** A finding as plain text: what, where, why, and what to do. */
export function findingText(timeline: Timeline, problem: Problem, root: string, t: Translate): string {
  const { title, why, advice } = problemWords(timeline, problem, t);
  const heading = `${problemLabel(problem.kind, t)} · ${findingFacts(timeline, problem, root, t)}`;
  return [heading, title, why, advice].filter(Boolean).join('\n');
}
