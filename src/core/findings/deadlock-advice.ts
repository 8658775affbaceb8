import { chainOf, userSite } from '../places/chain';
import type { Finding, Stuck, Timeline } from '../timeline/model';
import { holdsOf, resourceOf, taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { blamed } from '../words/deadlocks';
import { shortName } from '../words/names';
import { taskMention } from '../words/tasks';
import { isCauseOf } from './errors';
import { missedText, missedWakeUp } from './missed-wakeups';
import { notPutBack, notPutBackAdvice, notPutBackReason } from './not-put-back';
import { catcherOf, catchOf, swallowed } from './swallowed';
import { type Unreleased, unreleased, unreleasedReason } from './unreleased';

/** Why the tasks of a deadlock cannot continue. */
export function deadlockReason(timeline: Timeline, finding: Finding, t: Translate): string {
  if (finding.cycle.length > 1) return t('They wait for each other, so none of them can continue.');
  const keeper = keptByGenerator(timeline, finding);
  if (keeper)
    return t('The async generator {0} acquired it and is still open: it keeps it until it is closed.', keeper);
  if (waitsForItself(timeline, finding)) return notReentrant(t).why;
  const kept = unreleased(timeline, finding);
  if (kept) return unreleasedReason(timeline, kept, t);
  const ignored = cancelledBefore(timeline, finding);
  if (ignored)
    return t(
      '{0} was cancelled before, but caught the cancellation at line {1} and continued: look there first.',
      ...ignored,
    );
  const lost = notPutBack(timeline, finding);
  if (lost) return notPutBackReason(lost, t);
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
  const keeper = keptByGenerator(timeline, finding);
  if (keeper)
    return t(
      'Close the generator when you leave the loop: async with contextlib.aclosing({0}) as items: async for … in items. Or acquire the lock outside of it.',
      keeper,
    );
  if (waitsForItself(timeline, finding)) return notReentrant(t).advice;
  const kept = unreleased(timeline, finding);
  if (kept) return unreleasedAdvice(kept, t);
  if (cancelledBefore(timeline, finding))
    return t('Let CancelledError end the task: raise it again where it is caught.');
  const lost = notPutBack(timeline, finding);
  if (lost) return notPutBackAdvice(lost, t);
  if (failedBefore(timeline, finding).length > 0)
    return t(
      'Await the tasks as well, or create them in async with asyncio.TaskGroup(): then a failure ends the wait.',
    );
  const [first] = blamed(timeline, finding);
  return adviceFor(timeline, first, t);
}

/** A task acquires a lock that it holds. */
export function notReentrant(t: Translate): { readonly why: string; readonly advice: string } {
  return {
    why: t('asyncio locks are not reentrant: a second acquire waits until the first is released, even in one task.'),
    advice: t(
      'Acquire it once: put the code that needs the lock into a function that does not acquire it, and call that one from where the lock is held.',
    ),
  };
}

export function unreleasedAdvice(kept: Unreleased, t: Translate): string {
  if (kept.nested)
    return t(
      'Acquire the semaphore in one place only, around the work itself. If the inner work needs a limit too, give it a semaphore of its own.',
    );
  return t(
    'Write async with {0}: around the code that needs it. That releases it at the end of the block, also after an exception or a cancellation.',
    kept.resource.name,
  );
}

/** What to write so that a wait ends, by the kind of wait. */
function adviceFor(timeline: Timeline, stuck: Stuck | undefined, t: Translate): string {
  const kind = stuck && timeline.waits[timeline.segments.about[stuck.segment]]?.kind;
  const missed = stuck && missedWakeUp(timeline, stuck);
  switch (kind) {
    case 'queue.join':
      return t(
        'Call task_done() once for each item that get() returned, in a finally block so that it is called after a failure too.',
      );
    case 'queue.get':
      return t(
        'Tell each task that takes items when there are no more: put a sentinel such as None once for each of them, or cancel them after queue.join().',
      );
    case 'queue.put':
      return t(
        'Let a task that takes items run as long as items are put into the queue, or create the queue without a maxsize.',
      );
    case 'event':
      return missed
        ? t(
            'Do not clear the event right after set(): clear it in the task that waits, after wait() has returned. If no change may be lost, use a Queue or a Condition with a value to check.',
          )
        : t(
            'Call set() where that happens for which the task waits, in a finally block if it is to be set after a failure too. To give up at some point, use async with asyncio.timeout(…).',
          );
    case 'condition':
      if (missed)
        return t(
          'notify() wakes only tasks that wait already. Keep a value that says what happened and wait with await condition.wait_for(lambda: …): it does not wait if that is true already.',
        );
      break;
    case 'stream.read':
      return t(
        'One side has to write first: check which one by the protocol, and that each message ends as the reader expects it (readline() waits for a newline, read() for the end of the stream). To give up at some point, use async with asyncio.timeout(…).',
      );
  }
  return t('Make sure that some task does what the others wait for, or limit the wait: async with asyncio.timeout(…).');
}

/** Whether a task waits for a lock that it holds itself, or for a semaphore whose last permit it holds. */
function waitsForItself(timeline: Timeline, finding: Finding): boolean {
  const { segments, waits } = timeline;
  return blamed(timeline, finding).some(({ task, segment }) => {
    const resource = resourceOf(timeline, waits[segments.about[segment]]?.fields.resource);
    if (resource?.kind !== 'lock' && !(resource?.kind === 'semaphore' && resource.value === 1)) return false;
    return holdsOf(timeline, resource).some(
      ({ task: holder, startStep, endStep }) =>
        // A time limit may have ended the wait, and the hold with it.
        holder === task && startStep < finding.startStep && (endStep === undefined || endStep > finding.startStep),
    );
  });
}

/** `rows()`: an async generator, in none of whose code the task waits, holds what it waits for. */
function keptByGenerator(timeline: Timeline, finding: Finding): string | undefined {
  const { segments, waits } = timeline;
  for (const { task, segment } of blamed(timeline, finding)) {
    const resource = resourceOf(timeline, waits[segments.about[segment]]?.fields.resource);
    if (resource?.kind !== 'lock' && resource?.kind !== 'semaphore') continue;
    const hold = holdsOf(timeline, resource).find(
      (each) => each.task === task && each.startStep < finding.startStep && each.endStep === undefined,
    );
    const code = hold && userSite(timeline, hold.site)?.code;
    if (code?.kind === 'asyncgen' && !chainOf(timeline, segments.site[segment]).some((at) => at.code === code))
      return `${shortName(code.function)}()`;
  }
  return undefined;
}

/** A stuck task that had ignored its cancellation, and the line where it caught it. */
function cancelledBefore(timeline: Timeline, { stuck, startStep, cycle }: Finding): [string, number] | undefined {
  if (cycle.length > 1) return undefined;
  for (const problem of swallowed(timeline)) {
    const task = taskOf(timeline, problem.task);
    if (!task || problem.startStep > startStep || !stuck.some((each) => each.task === task.id)) continue;
    const line = catchOf(timeline, problem)?.line ?? catcherOf(timeline, problem)?.line;
    if (problem.kind === 'cancel-ignored' && line !== undefined) return [taskMention(task), line];
  }
  return undefined;
}

function failedBefore(timeline: Timeline, finding: Finding): string[] {
  const ids = timeline.errors
    .filter((error) => isCauseOf(timeline, error, finding))
    .map(({ task }) => taskOf(timeline, task));
  return [...new Set(ids)].flatMap((task) => (task ? [taskMention(task)] : [])).slice(0, 3);
}
