import { userSite } from '../places/chain';
import { isFile } from '../places/same-file';
import { State, type Timeline } from '../timeline/model';
import { resourceOf } from '../timeline/resource-state';
import { Use } from '../timeline/resources';
import type { WaitInIf } from '../timeline/shapes';
import type { Translate } from '../translate';

/**
 * The wait for a condition behind which a function failed: in an `if`, and woken together with other tasks, one of which may have undone
 * what was waited for.
 * @param site of the error
 */
export function wokenInIf(timeline: Timeline, site: number): WaitInIf | undefined {
  const { shapes, segments, waits, tasks, uses } = timeline;
  const failed = userSite(timeline, site)?.code;
  if (!failed || !shapes) return undefined;
  const listed = [...shapes].flatMap(([file, found]) => (isFile(file)(failed.file) ? found.waitsInIf : []));
  if (listed.length === 0) return undefined;
  for (const task of tasks) {
    if (task.outcome.kind !== 'exception' || userSite(timeline, task.outcome.site)?.code !== failed) continue;
    let row = task.first + task.count - 1;
    // After the notification it waits for the lock of the condition.
    while (row >= task.first && (segments.state[row] !== State.suspended || kindAt(timeline, row) === 'lock')) row--;
    if (row < task.first || kindAt(timeline, row) !== 'condition') continue;
    const at = userSite(timeline, segments.site[row]);
    const wait = at?.code === failed && listed.find(({ line }) => line === at.line);
    const resource = resourceOf(timeline, waits[segments.about[row]]?.fields.resource);
    if (!wait || !resource) continue;
    for (let use = resource.first; use < resource.first + resource.count; use++)
      if (uses.what[use] === Use.notified && uses.value[use] > 1 && uses.step[use] >= segments.startStep[row])
        return wait;
  }
  return undefined;
}

function kindAt({ segments, waits }: Timeline, row: number): string | undefined {
  return waits[segments.about[row]]?.kind;
}

export function wokenInIfWords({ line, test, condition }: WaitInIf, t: Translate) {
  return {
    why: t(
      'It waited for {0} at line {1} because of {2}, and was woken together with other tasks. One of them ran first, and nothing tested again whether {2} still held.',
      condition,
      line,
      test,
    ),
    advice: t(
      'Write while {0}: await {1}.wait(), or await {1}.wait_for(lambda: …): both test again after each wake-up.',
      test,
      condition,
    ),
  };
}
