import type { Timeline } from '../timeline/model';
import type { Wait } from '../trace/records';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';

/** What a changed wait would have taken; null: that is no number of seconds. Undefined: the wait is as the program has it. */
export function wasBefore({ fields }: Wait): Seconds | null | undefined {
  if (typeof fields.change !== 'number' || typeof fields.delay !== 'number') return undefined;
  return typeof fields.was === 'number' ? fields.was : null;
}

/** `changed by you: 2 s → 5 s`; empty for a wait that was left alone. */
export function changedText(wait: Wait, t: Translate): string {
  const was = wasBefore(wait);
  if (was === undefined) return '';
  const now = formatDuration(wait.fields.delay!);
  return t('changed by you: {0} → {1}', was === null ? '?' : formatDuration(was), now);
}

/** By number of a change: whether the wait that it is about ever came. */
export function changesThatCame({ meta, waits }: Timeline): boolean[] {
  const came = meta.whatIf.map(() => false);
  for (const wait of waits) {
    const change = wait?.fields.change;
    if (typeof change === 'number' && change in came) came[change] = true;
  }
  return came;
}
