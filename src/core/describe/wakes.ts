import { type Cancellation, cancellationOf } from '../causes/cancellations';
import { readyRowOf, wakeReason } from '../causes/wakes';
import type { Lanes } from '../lanes/lanes';
import { stepOfWaker, wakeOf } from '../lanes/wakers';
import { userSite } from '../places/chain';
import type { Task } from '../timeline/model';
import type { Translate } from '../translate';
import { linkTo } from '../words/places';
import { cancellerWords, passesCancellationOn, throughWords, wakerWords } from '../words/wakes';
import type { Fact, Link } from './facts';

/** What woke a task, through which callback, and from which line; for a cancellation also its origin. */
export function wakeFacts(lanes: Lanes, segment: number, t: Translate): Fact[] {
  const { timeline, indexOf } = lanes;
  const row = readyRowOf(timeline, segment);
  const wake = wakeOf(lanes, segment);
  if (row === undefined || !wake) return [];
  const reason = wakeReason(timeline, row);
  const from = reason.cancelled;
  const step = stepOfWaker(lanes, wake);
  if (from && !passesCancellationOn(reason)) {
    const [fact, ...rest] = cancelFacts(lanes, from, t);
    const here = from.task === reason.task && step !== undefined;
    return fact ? [here ? { ...fact, link: { kind: 'segment', segment: step } } : fact, ...rest] : [];
  }
  const term = reason.cause === 'created' ? t('Created by') : t('Woken by');
  const waker = indexOf.get(reason.task);
  const link: Link | undefined =
    step !== undefined
      ? { kind: 'segment', segment: step }
      : waker !== undefined
        ? { kind: 'task', task: waker }
        : undefined;
  const facts: Fact[] = [{ term, text: wakerWords(timeline, reason, t), ...(link ? { link } : {}) }];
  const through = throughWords(reason, t);
  if (through !== '') facts.push({ term: t('Through'), text: through });
  if (from) return [...facts, ...cancelFacts(lanes, from, t)];
  const site = userSite(timeline, reason.site);
  if (site) facts.push({ term: t('At line'), text: '', link: linkTo(site) });
  return facts;
}

/** Who cancelled a task that ended so. */
export function cancelledFacts(lanes: Lanes, task: Task, t: Translate): Fact[] {
  const from = cancellationOf(lanes.timeline, task);
  return cancelFacts(lanes, from, t);
}

function cancelFacts({ timeline, indexOf }: Lanes, from: Cancellation, t: Translate): Fact[] {
  if (from.kind === 'unknown') return [];
  const index = indexOf.get(from.task);
  const link: Link | undefined = index === undefined ? undefined : { kind: 'task', task: index };
  const facts: Fact[] = [
    { term: t('Cancelled by'), text: cancellerWords(timeline, from, t), ...(link ? { link } : {}) },
  ];
  const site = userSite(timeline, from.site);
  if (site) facts.push({ term: t('At line'), text: '', link: linkTo(site) });
  return facts;
}
