import blocking from '../examples/blocking.py';
import breakfast from '../examples/breakfast.py';
import mistakes from '../examples/mistakes.py';
import order from '../examples/order.py';
import queue from '../examples/queue_ko.py';
import simulated from '../examples/simulated.py';
import timeout from '../examples/timeout.py';
import type { Translate } from '../src/core/translate';

export interface Sample {
  readonly label: string;
  readonly text: string;
}

/** What there is to try, the simplest first. */
export function samplesOf(locale: string, t: Translate): Sample[] {
  return [
    { label: t('Breakfast'), text: breakfast },
    { label: t('Order'), text: order },
    { label: t('Blocking'), text: blocking },
    { label: t('Mistakes'), text: mistakes },
    { label: t('Timeout'), text: timeout },
    { label: t('Simulated'), text: simulated },
    // Its comments are in Korean.
    ...(locale === 'ko' ? [{ label: t('Queue'), text: queue }] : []),
  ];
}
