import { userSite } from '../places/chain';
import { isFile } from '../places/same-file';
import type { CoroutineSpan, Finding, Timeline } from '../timeline/model';
import type { Borrow } from '../timeline/shapes';
import type { Translate } from '../translate';
import { blamed } from '../words/deadlocks';
import { shortName } from '../words/names';

/** Calls of a function that took an item out of the queue that a stuck task waits for, and ended before they put it back. */
export interface NotPutBack {
  readonly borrow: Borrow;
  readonly lost: readonly CoroutineSpan[];
}

/** Finds them; undefined if the queue is not used like that, or every call put its item back. */
export function notPutBack(timeline: Timeline, finding: Finding): NotPutBack | undefined {
  const { shapes, segments, waits, coroutines } = timeline;
  for (const { segment } of blamed(timeline, finding)) {
    if (waits[segments.about[segment]]?.kind !== 'queue.get') continue;
    const site = userSite(timeline, segments.site[segment]);
    for (const [file, { borrows }] of site ? (shapes ?? []) : []) {
      const borrow = isFile(file)(site!.code.file) && borrows.find(({ get }) => get === site!.line);
      if (!borrow) continue;
      const lost = coroutines.filter(
        ({ code, outcome, endStep }) =>
          code === site!.code && (outcome === 'raised' || outcome === 'cancelled') && endStep <= finding.startStep,
      );
      if (lost.length > 0) return { borrow, lost };
    }
  }
  return undefined;
}

/** How it came that the queue is empty. */
export function notPutBackReason({ borrow, lost }: NotPutBack, t: Translate): string {
  const name = `${shortName(lost[0].code.function)}()`;
  return lost.length === 1
    ? t('A call of {0} before took an item and failed before it put it back (line {1}).', name, borrow.put)
    : t(
        '{2} calls of {0} before took an item and failed before they put it back (line {1}).',
        name,
        borrow.put,
        lost.length,
      );
}

export function notPutBackAdvice({ borrow }: NotPutBack, t: Translate): string {
  return t(
    'Put it back in a finally block, which runs after an exception or a cancellation too: write try: after line {0}, and move line {1} into its finally:.',
    borrow.get,
    borrow.put,
  );
}
