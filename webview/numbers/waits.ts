import { type Bin, histogram } from '../../src/core/stats/histogram';
import type { Measured } from '../../src/core/stats/measure';
import { durationWords, formatDuration } from '../../src/core/units';
import { h } from '../page/dom';
import { columnsIn } from '../state/number-order';
import type { State } from '../state/store';

/** Below a row: how many of its waits, or of its runs, were how long. */
export function waitsRow({ times }: Measured, state: State): HTMLElement {
  const bins = histogram(times);
  const most = Math.max(...bins.map(({ count }) => count));
  // One bar says no more than a sentence.
  const list = times.length > 0 && times[0] < times[times.length - 1];
  const content = [
    h('span', {}, summary(times, state)),
    list && h('ol', { class: 'histogram' }, ...bins.map((bin) => barOf(bin, most))),
  ];
  const across = columnsIn(state.numbers.table).length;
  return h('tr', { class: 'waits' }, h('td', { colspan: across }, h('div', {}, ...content)));
}

function summary(times: Float64Array, { words: t, numbers: { table } }: State): string {
  const runs = table === 'coroutine' || table === 'request';
  const count = times.length;
  if (count === 0) return runs ? t('It has no run in this range.') : t('It never waited.');
  const length = durationWords(times[0], t);
  if (count === 1) return runs ? t('1 run: {0}', length) : t('1 wait: {0}', length);
  if (times[0] === times[count - 1])
    return runs ? t('{0} runs of {1} each', count, length) : t('{0} waits of {1} each', count, length);
  return runs ? t('{0} runs by their length', count) : t('{0} waits by their length', count);
}

function barOf({ from, to, count }: Bin, most: number): HTMLElement {
  const bar = h('span', { class: 'bar' });
  bar.style.setProperty('width', `${(100 * count) / most}%`);
  return h(
    'li',
    {},
    h('span', { class: 'bounds' }, `${formatDuration(from)} – ${formatDuration(to)}`),
    h('span', { class: 'room', 'aria-hidden': 'true' }, bar),
    h('span', { class: 'count' }, String(count)),
  );
}
