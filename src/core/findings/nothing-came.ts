import { userSite } from '../places/chain';
import { type Resource, State, type Timeline } from '../timeline/model';
import { type Hold, holdsOf, resourceOf, taskOf } from '../timeline/resource-state';
import { Use } from '../timeline/resources';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { taskMention } from '../words/tasks';
import { notReentrant, unreleasedAdvice } from './deadlock-advice';
import { readAdvice } from './outside-words';
import { unreleasedAt, unreleasedReason } from './unreleased';
import { isOutputUnread } from './waiting-outside';

/** Why what a task waited for did not come, and what to write instead; an empty advice if both the wait and its limit may be right. */
export interface NothingCame {
  readonly why: string;
  readonly advice: string;
}

/** Why a wait could not end, as far as the record tells; undefined if it may only have been slow. @param row of the segments */
export function whyNothingCame(timeline: Timeline, row: number, t: Translate): NothingCame | undefined {
  const { segments, waits } = timeline;
  const wait = waits[segments.about[row]];
  const resource = resourceOf(timeline, wait?.fields.resource);
  switch (wait?.kind) {
    case 'subprocess':
      return isOutputUnread(timeline, row) ? unreadOutput(t) : wait.fields.stdin === 'open' ? openInput(t) : undefined;
    case 'stream.read':
      return bothRead(timeline, row, t);
    case 'event':
      return resource && neverSet(timeline, resource, row, t);
    default:
      return resource && notReleased(timeline, resource, row, t);
  }
}

function unreadOutput(t: Translate): NothingCame {
  return {
    why: t(
      'The process had written output, which nobody reads. A pipe holds only so much: when it is full, the process waits until somebody reads.',
    ),
    advice: readAdvice(t),
  };
}

function openInput(t: Translate): NothingCame {
  return {
    why: t('Its stdin was still open: a process that reads its input to the end waits until you close it.'),
    advice: t(
      'If it reads to the end, write process.stdin.close() after the last write, or out, err = await process.communicate(data), which closes it. Otherwise raise the limit.',
    ),
  };
}

/** Both ends of one connection waited to read at the same time. */
function bothRead(timeline: Timeline, row: number, t: Translate): NothingCame | undefined {
  const { segments, waits, tasks } = timeline;
  const { peer, own } = waits[segments.about[row]]?.fields ?? {};
  if (peer === undefined || own === undefined) return undefined;
  const end = segments.endStep[row];
  for (let other = 0; other < segments.count; other++) {
    if (segments.state[other] !== State.suspended || segments.startStep[other] >= end) continue;
    const wait = waits[segments.about[other]];
    if (wait?.kind !== 'stream.read' || wait.fields.peer !== own || wait.fields.own !== peer) continue;
    if (segments.endStep[other] < end) continue;
    return {
      why: t(
        'At the other end of the connection, {0} was waiting to read too (line {1}).',
        taskMention(tasks[segments.task[other]]),
        userSite(timeline, segments.site[other])?.line ?? '?',
      ),
      advice: t(
        'One side has to write first: check which one by the protocol, and that each message ends as the reader expects it (readline() waits for a newline, read() for the end of the stream).',
      ),
    };
  }
  return undefined;
}

/** Nobody set the event, or only later. */
function neverSet(timeline: Timeline, resource: Resource, row: number, t: Translate): NothingCame | undefined {
  const { uses, segments } = timeline;
  const { first, count, name } = resource;
  const began = segments.startStep[row];
  for (let use = first; use < first + count; use++) {
    if (uses.what[use] !== Use.set) continue;
    const line = userSite(timeline, uses.site[use])?.line;
    const at = `${durationWords(uses.time[use], t)}${line === undefined ? '' : ` ${t('(line {0})', line)}`}`;
    // What was set before and cleared again is told elsewhere, by whoever set it.
    return uses.step[use] > began ? { why: t('{0} was set later, at {1}.', name, at), advice: '' } : undefined;
  }
  return {
    why: t('Nobody set {0} during the whole run.', name),
    advice: t(
      'Call set() where that happens for which the task waits, in a finally block if it is to be set after a failure too.',
    ),
  };
}

/** A lock or a permit whose holder ended with it, or is the very task that waits. */
function notReleased(timeline: Timeline, resource: Resource, row: number, t: Translate): NothingCame | undefined {
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[row]].id;
  const began = segments.startStep[row];
  const kept = unreleasedAt(timeline, resource, began, new Set([task]));
  if (kept && (kept.nested || endedBefore(timeline, kept.hold, segments.endStep[row])))
    return { why: unreleasedReason(timeline, kept, t), advice: unreleasedAdvice(kept, t) };
  const own = resource.kind === 'lock' && holdsOf(timeline, resource).some((each) => isHeldBy(each, task, began));
  return own ? notReentrant(t) : undefined;
}

/** Whether the holder's task had ended before a place on the steps axis. */
function endedBefore({ segments, ...timeline }: Timeline, hold: Hold, step: number): boolean {
  const holder = taskOf(timeline, hold.task);
  return holder !== undefined && holder.count > 0 && segments.endStep[holder.first + holder.count - 1] <= step;
}

/** Whether a task held it when its wait began, and until after that. */
function isHeldBy({ task, startStep, endStep }: Hold, waiter: number, began: number): boolean {
  return task === waiter && startStep < began && (endStep === undefined || endStep > began);
}
