import { cancellationAt } from '../causes/cancellations';
import { timeLimitAt } from '../causes/time-limits';
import { wakingCallback } from '../timeline/jobs';
import { State, type Timeline } from '../timeline/model';
import { causeKinds } from '../trace/records';

const CANCEL = causeKinds.indexOf('cancel');

/**
 * The wait that a time limit ended, as a row of the segments: the last one up to a step.
 * @param step on the steps axis; undefined: none is known
 */
export function timedOutWait(timeline: Timeline, step: number): number | undefined {
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
