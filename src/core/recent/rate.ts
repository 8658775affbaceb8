import type { Translate } from '../translate';
import { formatCount, formatDuration, type Seconds } from '../units';
import type { Took } from './requests';

/** `42 a second`; where it is less than one, `3 in 5 s`. */
export function rateText(count: number, length: Seconds, t: Translate): string {
  if (count === 0 || length <= 0) return formatCount(count);
  const rate = count / length;
  return t('{0}/s', rate >= 10 ? formatCount(Math.round(rate)) : String(Number(rate.toPrecision(2))));
}

export function tookText({ seconds, longer }: Took): string {
  return `${longer ? '> ' : ''}${formatDuration(seconds)}`;
}
