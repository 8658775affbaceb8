import { cancellationAt } from '../causes/cancellations';
import { timeLimitAt } from '../causes/time-limits';
import { wakingCallback } from '../timeline/jobs';
import { State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { plainLabel, waitText } from '../words/waits';
import { whyNothingCame } from './nothing-came';

const CANCEL = causeKinds.indexOf('cancel');

/** What a task was waiting for when its time was up, and what to write where that could never have come. */
export interface TimedOutWords {
  readonly why: string;
  /** Empty: a longer limit, or another answer to it, may be right. */
  readonly advice: string;
}

/** Words for the wait that a time limit ended; undefined if that is not known. @param step of the error, on the steps axis */
export function timedOutWords(timeline: Timeline, step: number, t: Translate): TimedOutWords | undefined {
  const wait = timedOutWait(timeline, step);
  if (wait === undefined) return undefined;
  if (isQueuedJob(timeline, wait))
    return { why: t('The job had not begun: no thread was free to run it.'), advice: '' };
  const waited = t(
    'When the time was up, it was waiting for {0}.',
    plainLabel(timeline, wait, t) || waitText(timeline, wait),
  );
  const reason = whyNothingCame(timeline, wait, t);
  return reason ? { why: `${waited} ${reason.why}`, advice: reason.advice } : { why: waited, advice: '' };
}

/** Whether a wait is for a job that never began: all threads were taken. */
function isQueuedJob({ segments, waits, jobs }: Timeline, wait: number): boolean {
  const id = waits[segments.about[wait]]?.fields.job;
  const job = id === undefined ? undefined : jobs.find((each) => each.id === id);
  return job?.kind === 'thread' && job.started === undefined;
}

/**
 * The wait that a time limit ended, as a row of the segments: the last one up to a step.
 * @param step on the steps axis; undefined: none is known
 */
function timedOutWait(timeline: Timeline, step: number): number | undefined {
  const { segments, waits } = timeline;
  let found: number | undefined;
  for (let row = 1; row < segments.count; row++) {
    const waited = row - 1;
    if (segments.state[row] !== State.ready || segments.startStep[row] > step) continue;
    if (segments.state[waited] !== State.suspended || segments.task[waited] !== segments.task[row]) continue;
    if (found !== undefined && segments.startStep[found + 1] >= segments.startStep[row]) continue;
    // `wait_for()` up to 3.11 waits in one task, and what it awaits in another: that one tells more.
    if (waits[segments.about[waited]]?.kind === 'wait_for' && found !== undefined) continue;
    if (isTimeLimit(timeline, row)) found = waited;
  }
  return found;
}

function isTimeLimit(timeline: Timeline, row: number): boolean {
  const { segments, waits } = timeline;
  if (segments.cause[row] === CANCEL) return cancellationAt(timeline, row).kind === 'timeout';
  if (waits[segments.about[row - 1]]?.kind !== 'wait_for') return false;
  const callback = wakingCallback(timeline, row);
  return callback !== undefined && timeLimitAt(timeline, row, callback) !== undefined;
}
