import type { ProgramError, Task, Timeline } from '../timeline/model';
import { type Problem, problemsOf } from './findings';

/** What ended the program: the exception that nobody caught. */
export interface Failure {
  readonly problem: Problem & { readonly error: ProgramError };
  /** The task in which it was raised, where it was raised in one. */
  readonly task: Task | undefined;
}

/** @returns undefined for a program that ended by itself, or was stopped */
export function failureOf(timeline: Timeline): Failure | undefined {
  const { exit, truncated } = timeline;
  if (!exit || truncated) return undefined;
  for (const problem of problemsOf(timeline)) {
    if (problem.kind !== 'uncaught' && problem.kind !== 'awaited-twice') continue;
    if (problem.error.type === 'KeyboardInterrupt') continue;
    return { problem, task: taskThatRaised(timeline, problem.site) };
  }
  return undefined;
}

/** Of those that the exception went through, the one that ended first. */
function taskThatRaised({ tasks }: Timeline, site: number): Task | undefined {
  let first: Task | undefined;
  for (const task of tasks) {
    const { outcome } = task;
    if (site === 0 || outcome.kind !== 'exception' || outcome.site !== site) continue;
    // Tasks come in the order in which they were made: the one that was awaited ends before the one that awaits.
    if (!first || task.ended < first.ended || (task.ended === first.ended && task.parent === first.id)) first = task;
  }
  return first;
}
