import { userSite } from '../places/chain';
import type { ProgramError, Timeline } from '../timeline/model';
import { isOfClosing } from './left-open';
import type { Common } from './problem';

/** An error of the program: an exception that nobody caught, a coroutine that was never awaited or awaited twice. */
export interface FailedWith extends Common {
  readonly kind: ProgramError['kind'];
  readonly error: ProgramError;
}

const ERROR_SEVERITY: Readonly<Record<ProgramError['kind'], Common['severity']>> = {
  uncaught: 'error',
  handler: 'error',
  'never-retrieved': 'warning',
  'never-awaited': 'warning',
  'awaited-twice': 'error',
  tracer: 'warning',
};

/** All errors of a run. Coroutines that were never awaited are counted once for each place. */
export function ofErrors(timeline: Timeline): FailedWith[] {
  const problems: FailedWith[] = [];
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

function ofError(timeline: Timeline, error: ProgramError): FailedWith {
  const { kind, task, time, step } = error;
  // A group is raised where the tasks are awaited. The bug is where the first of them failed.
  const site = error.holds?.find((held) => held.site > 0)?.site ?? error.site;
  const place = { task, site, start: time, startStep: step, end: undefined };
  const severity = isCauseOfHang(timeline, error) ? 'error' : ERROR_SEVERITY[kind];
  return { kind, severity, ...place, segment: undefined, cost: 0, times: 1, error };
}

/** Whether this is a failed task that nobody noticed, and tasks hang afterwards: most likely because of it. */
export function isCauseOfHang({ findings }: Pick<Timeline, 'findings'>, { kind, step }: ProgramError): boolean {
  return kind === 'never-retrieved' && findings.some(({ end, startStep }) => end === undefined && startStep >= step);
}

/** Whether this uncaught exception is that of a second `await`, which is a finding of its own (`awaited-twice`). */
export function isToldAlready({ errors }: Timeline, { kind, message }: ProgramError): boolean {
  return kind === 'uncaught' && errors.some((other) => other.kind === 'awaited-twice' && other.message === message);
}
