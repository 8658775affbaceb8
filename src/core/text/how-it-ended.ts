import { CUT_OFF } from '../timeline/cut-off';
import type { Timeline } from '../timeline/model';
import type { Translate } from '../translate';

/** How a program ended, in the words of the heading; undefined if the record does not tell. */
export function howItEnded({ exit, truncated }: Timeline, t: Translate): string | undefined {
  switch (truncated?.reason) {
    case undefined:
      return exit === undefined ? undefined : t('exit code {0}', exit);
    case 'deadlock':
      return t('deadlock');
    case 'cancelled':
      return t('cancelled');
    case 'killed':
      // Of a file that breaks off it cannot be told.
      return truncated?.message === CUT_OFF ? t('recorded in part') : t('killed');
    case 'replaced':
      return t('replaced by another program');
    case 'tracer':
    case 'damaged':
      return t('recorded in part');
    default:
      return t('stopped at a limit');
  }
}
