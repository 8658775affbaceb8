import { userSite } from '../places/chain';
import type { Finding, Resource, Stuck, Timeline } from '../timeline/model';
import { holdsOf, resourceOf, taskOf } from '../timeline/resource-state';
import { Use } from '../timeline/resources';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { blamed } from '../words/deadlocks';
import { taskMention } from '../words/tasks';
import { isCauseOfHang } from './errors';

/** Why the tasks of a deadlock cannot continue. */
export function deadlockReason(timeline: Timeline, finding: Finding, t: Translate): string {
  if (finding.cycle.length > 1) return t('They wait for each other, so none of them can continue.');
  if (waitsForItself(timeline, finding))
    return t('asyncio locks are not reentrant: a second acquire waits until the first is released, even in one task.');
  const failed = failedBefore(timeline, finding);
  if (failed.length > 0)
    return failed.length === 1
      ? t('{0} had failed before, and nobody noticed: look there first.', failed[0])
      : t('These tasks had failed before, and nobody noticed: {0}. Look there first.', failed.join(', '));
  return missedText(timeline, finding, t) ?? t('Nothing that can still run does what is waited for.');
}

/** What to change in the program. */
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
  const [first] = blamed(timeline, finding);
  return adviceFor(timeline, first, t);
}

/** What to write so that a wait ends, by the kind of wait. */
function adviceFor(timeline: Timeline, stuck: Stuck | undefined, t: Translate): string {
  const kind = stuck && timeline.waits[timeline.segments.about[stuck.segment]]?.kind;
  const missed = stuck && missedWakeUp(timeline, stuck);
  if (kind === 'queue.join')
    return t(
      'Call task_done() once for each item that get() returned, in a finally block so that it is called after a failure too.',
    );
  if (kind === 'event' && missed)
    return t(
      'Do not clear the event right after set(): clear it in the task that waits, after wait() has returned. If no change may be lost, use a Queue or a Condition with a value to check.',
    );
  if (kind === 'condition' && missed)
    return t(
      'notify() wakes only tasks that wait already. Keep a value that says what happened and wait with await condition.wait_for(lambda: …): it does not wait if that is true already.',
    );
  return t('Make sure that some task does what the others wait for, or limit the wait: async with asyncio.timeout(…).');
}

/** A task waits for an event that was set and cleared before, or for a condition that was notified before. */
export interface MissedWakeUp {
  readonly stuck: Stuck;
  readonly resource: Resource;
  /** Rows of `Timeline.uses`: the last time it was set or notified and, for an event, when it was cleared. */
  readonly set: number;
  readonly cleared: number | undefined;
}

function missedWakeUp(timeline: Timeline, stuck: Stuck): MissedWakeUp | undefined {
  const { segments, waits, uses } = timeline;
  const resource = resourceOf(timeline, waits[segments.about[stuck.segment]]?.fields.resource);
  if (!resource || (resource.kind !== 'event' && resource.kind !== 'condition')) return undefined;
  const began = segments.startStep[stuck.segment];
  let cleared: number | undefined;
  for (let row = resource.first + resource.count - 1; row >= resource.first; row--) {
    const what = uses.what[row];
    if (uses.step[row] >= began) {
      // A later set or notify reached other tasks only.
      if (what === Use.set || what === Use.notified) return undefined;
      continue;
    }
    if (what === Use.cleared) cleared ??= row;
    if (what === Use.set) return cleared === undefined ? undefined : { stuck, resource, set: row, cleared };
    if (what === Use.notified)
      return uses.value[row] === 0 ? { stuck, resource, set: row, cleared: undefined } : undefined;
  }
  return undefined;
}

function missedText(timeline: Timeline, finding: Finding, t: Translate): string | undefined {
  const { uses, segments } = timeline;
  for (const each of blamed(timeline, finding)) {
    const missed = missedWakeUp(timeline, each);
    if (!missed) continue;
    const { resource, set, cleared, stuck } = missed;
    const name = resource.name;
    const waited = durationWords(segments.start[stuck.segment], t);
    if (cleared === undefined)
      return t(
        '{0} was notified at {1}{2} when nobody waited for it. The wait began later, at {3}.',
        name,
        durationWords(uses.time[set], t),
        atLine(timeline, uses.site[set], t),
        waited,
      );
    return t(
      '{0} was set at {1}{2} and cleared at {3}{4}, before this wait began at {5}: it did not see that.',
      name,
      durationWords(uses.time[set], t),
      atLine(timeline, uses.site[set], t),
      durationWords(uses.time[cleared], t),
      atLine(timeline, uses.site[cleared], t),
      waited,
    );
  }
  return undefined;
}

function atLine(timeline: Timeline, site: number, t: Translate): string {
  const line = userSite(timeline, site)?.line;
  return line === undefined ? '' : ` ${t('(line {0})', line)}`;
}

/** Whether a task waits for a lock that it holds itself, or for a semaphore whose last permit it holds. */
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
