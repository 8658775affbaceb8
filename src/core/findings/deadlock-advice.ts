import type { Finding, Timeline } from '../timeline/model';
import { holdsOf, resourceOf, taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { blamed } from '../words/deadlocks';
import { taskMention } from '../words/tasks';
import { isCauseOfHang } from './findings';

/** Why tasks cannot go on, and what to do about it. */
export function deadlockReason(timeline: Timeline, finding: Finding, t: Translate): string {
  if (finding.cycle.length > 1) return t('They wait for each other, so none of them can continue.');
  if (waitsForItself(timeline, finding))
    return t('asyncio locks are not reentrant: a second acquire waits until the first is released, even in one task.');
  const failed = failedBefore(timeline, finding);
  if (failed.length > 0)
    return failed.length === 1
      ? t('{0} had failed before, and nobody noticed: look there first.', failed[0])
      : t('These tasks had failed before, and nobody noticed: {0}. Look there first.', failed.join(', '));
  return t('Nothing that can still run does what is waited for.');
}

export function deadlockAdvice(timeline: Timeline, finding: Finding, t: Translate): string {
  if (finding.cycle.length > 1)
    return t('Acquire the locks in the same order everywhere, or limit the wait: async with asyncio.timeout(…).');
  if (waitsForItself(timeline, finding))
    return t(
      'Acquire it once: put the code that needs the lock into a function that does not acquire it, and call that one from where the lock is held.',
    );
  if (failedBefore(timeline, finding).length > 0)
    return t(
      'Await the tasks as well, or create them in async with asyncio.TaskGroup(): then a failure ends the wait.',
    );
  return t('Make sure that some task does what the others wait for, or limit the wait: async with asyncio.timeout(…).');
}

/** The lock, or the last permit, that somebody waits for is his own. */
function waitsForItself(timeline: Timeline, finding: Finding): boolean {
  const { segments, waits } = timeline;
  return blamed(timeline, finding).some(({ task, segment }) => {
    const resource = resourceOf(timeline, waits[segments.about[segment]]?.fields.resource);
    if (resource?.kind !== 'lock' && !(resource?.kind === 'semaphore' && resource.value === 1)) return false;
    return holdsOf(timeline, resource).some(
      (hold) => hold.task === task && hold.startStep < finding.startStep && hold.endStep === undefined,
    );
  });
}

function failedBefore(timeline: Timeline, finding: Finding): string[] {
  const ids = timeline.errors
    .filter((error) => isCauseOfHang({ findings: [finding] }, error))
    .map(({ task }) => taskOf(timeline, task));
  return [...new Set(ids)].flatMap((task) => (task ? [taskMention(task)] : [])).slice(0, 3);
}
