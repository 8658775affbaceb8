import type { ProgramError, Task, Timeline } from '../timeline/model';
import { type Problem, problemsOf } from './findings';

/** The exception that nobody caught and that ended the program. */
export interface Failure {
  readonly problem: Problem & { readonly error: ProgramError };
  /** The task that raised it; undefined if no task did. */
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

/** The task that raised the exception: of all tasks through which it passed, the one that ended first. */
function taskThatRaised({ tasks }: Timeline, site: number): Task | undefined {
  let first: Task | undefined;
  for (const task of tasks) {
    const { outcome } = task;
    if (site === 0 || outcome.kind !== 'exception' || outcome.site !== site) continue;
    // Of two tasks that end at the same moment the child ended first: its parent awaited it.
    if (!first || task.ended < first.ended || (task.ended === first.ended && task.parent === first.id)) first = task;
  }
  return first;
}
