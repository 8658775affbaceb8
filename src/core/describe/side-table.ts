import type { Lanes } from '../lanes/lanes';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { sideName } from '../words/side-lanes';
import { describeSide } from './side-lane';

/** A side lane as a table, for screen readers. */
export interface Table {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One row for each bar of a side lane. @param most rows, around the row `chosen` */
export function sideTable(lanes: Lanes, index: number, chosen: number, most: number, t: Translate): Table {
  const lane = lanes.sides[index];
  const level = lane.bars === undefined;
  const count = (lane.bars ?? lane.series)?.count ?? 0;
  const from = Math.max(0, Math.min(chosen - Math.floor(most / 2), count - most));
  const to = Math.min(count, from + most);
  const rows = Array.from({ length: to - from }, (_, i) => {
    const at = from + i;
    const [start, end] = spanOf(lanes, index, at);
    const { title, facts } = describeSide(lanes, index, at, level, t);
    const value = level ? [String(lane.series?.value[at] ?? 0)] : [title];
    const about = facts.filter(({ text }) => text !== '').map(({ term, text }) => `${term}: ${text}`);
    return [...value, formatDuration(start), formatDuration(end), about.join(', ')];
  });
  return {
    caption: t('{0} to {1} of {2} of {3}', Math.min(count, from + 1), to, count, sideName(lanes, lane, t).join(' ')),
    heads: [level ? t('Number') : t('What'), t('From'), t('To'), t('About')],
    rows,
  };
}

function spanOf({ sides, horizon }: Lanes, index: number, at: number): [from: number, to: number] {
  const { bars, series } = sides[index];
  if (bars) return [bars.start[at], bars.end[at]];
  if (!series) return [0, 0];
  return [series.start[at], series.start[at + 1] ?? horizon.time];
}
