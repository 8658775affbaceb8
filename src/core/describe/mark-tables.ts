import { limitsOf } from '../axis/limits';
import type { Lanes } from '../lanes/lanes';
import { userSite } from '../places/chain';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { linkTo, placeOf } from '../words/places';
import { taskTitle } from '../words/tasks';
import { errorTitle, limitText } from './marks';
import type { Table } from './side-table';

/** Marks as tables for screen readers: what happens at a moment and has no segment. */

export const markKinds = ['limit', 'error', 'log'] as const;
export type MarkKindOfTable = (typeof markKinds)[number];

export function markCount(lanes: Lanes, kind: MarkKindOfTable): number {
  if (kind === 'limit') return limitsOf(lanes).list.length;
  return kind === 'error' ? lanes.timeline.errors.length : lanes.timeline.logs.length;
}

/** `count` rows from row `from` on, in time order; the first cell is the time. @param root as in `placeOf` */
export function markTable(
  lanes: Lanes,
  kind: MarkKindOfTable,
  from: number,
  count: number,
  root: string,
  t: Translate,
): Table {
  const all = markCount(lanes, kind);
  const to = Math.min(all, from + count);
  const rows = Array.from({ length: to - from }, (_, i) => rowOf[kind](lanes, from + i, root, t));
  const [first, last] = [Math.min(all, from + 1), to];
  if (kind === 'limit')
    return {
      caption: t('Time limits {0} to {1} of {2}', first, last, all),
      heads: [t('Set at'), t('Task'), t('Time limit'), t('Due at')],
      rows,
    };
  if (kind === 'error')
    return {
      caption: t('Errors {0} to {1} of {2}', first, last, all),
      heads: [t('Time'), t('Task'), t('What'), t('Message'), t('At')],
      rows,
    };
  return {
    caption: t('Log records {0} to {1} of {2}', first, last, all),
    heads: [t('Time'), t('Task'), t('Level'), t('Logger'), t('Message'), t('At')],
    rows,
  };
}

type Row = (lanes: Lanes, index: number, root: string, t: Translate) => readonly string[];

const rowOf: Readonly<Record<MarkKindOfTable, Row>> = {
  limit(lanes, index, _, t) {
    const limit = limitsOf(lanes).list[index];
    const task = taskTitle(lanes.timeline.tasks[limit.task]);
    return [formatDuration(limit.set.time), task, limitText(limit, t), formatDuration(limit.due.time)];
  },
  error(lanes, index, root, t) {
    const error = lanes.timeline.errors[index];
    const { time, type, message, task, site } = error;
    const said = message === '' ? type : `${type}: ${message}`;
    return [formatDuration(time), ownerOf(lanes, task), errorTitle(error, t), said, whereOf(lanes, site, root)];
  },
  log(lanes, index, root) {
    const { time, level, logger, message, error, task, site } = lanes.timeline.logs[index];
    const said = error === undefined ? message : `${message} — ${error}`;
    return [formatDuration(time), ownerOf(lanes, task), level, logger, said, whereOf(lanes, site, root)];
  },
};

/** Empty if it belongs to no task. */
function ownerOf({ timeline, indexOf }: Lanes, id: number): string {
  const index = indexOf.get(id);
  return index === undefined ? '' : taskTitle(timeline.tasks[index]);
}

function whereOf({ timeline }: Lanes, id: number, root: string): string {
  const site = userSite(timeline, id);
  if (!site) return '';
  const { file, line } = linkTo(site);
  return placeOf(timeline, file, line, root).text;
}
