import { userSite } from '../places/chain';
import type { Finding, ProgramError, Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
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
    if (isToldAlready(timeline, error) || isOfClosing(timeline, error) || isOfLeftGather(error)) continue;
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
  const cause = isCauseOfHang(timeline, error);
  // Python may report it only at the end of the program, as the task is deleted.
  const failed = cause ? taskOf(timeline, task) : undefined;
  const from = { start: failed?.ended ?? time, startStep: failedAt(timeline, error) };
  const place = { task, site, ...(cause ? from : { start: time, startStep: step }), end: undefined };
  const severity = cause ? 'error' : ERROR_SEVERITY[kind];
  return { kind, severity, ...place, segment: undefined, cost: 0, times: 1, error };
}

/** Whether this is a failed task that nobody noticed, and tasks hang afterwards: most likely because of it. */
export function isCauseOfHang(timeline: Timeline, error: ProgramError): boolean {
  return error.kind === 'never-retrieved' && timeline.findings.some((finding) => isCauseOf(timeline, error, finding));
}

/** Whether a task failed before the tasks of a deadlock began to wait for good. */
export function isCauseOf(
  timeline: Timeline,
  error: ProgramError,
  { end, startStep, partial, stuck }: Finding,
): boolean {
  if (error.kind !== 'never-retrieved' || end !== undefined) return false;
  const failed = failedAt(timeline, error);
  // Beside others that go on, the wait itself may have begun before the failure: `queue.join()` does.
  const last = partial
    ? Math.max(startStep, ...stuck.map(({ segment }) => timeline.segments.endStep[segment]))
    : startStep;
  return last >= failed;
}

/** Place on the steps axis at which the task of an error ended. */
function failedAt(timeline: Timeline, { task, step }: ProgramError): number {
  const failed = taskOf(timeline, task);
  return failed && failed.count > 0 ? timeline.segments.endStep[failed.first + failed.count - 1] : step;
}

/** Whether this uncaught exception is that of a second `await`, which is a finding of its own (`awaited-twice`). */
export function isToldAlready({ errors }: Timeline, { kind, message }: ProgramError): boolean {
  return kind === 'uncaught' && errors.some((other) => other.kind === 'awaited-twice' && other.message === message);
}

/** Whether Python tells of a `gather()` that nobody awaited and whose tasks the end of the loop cancelled: those are told as `unfinished`. */
function isOfLeftGather({ kind, message }: ProgramError): boolean {
  return kind === 'never-retrieved' && /^_GatheringFuture exception was never retrieved: CancelledError/.test(message);
}
