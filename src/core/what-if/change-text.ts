import type { Change } from '../trace/change';
import type { Translate } from '../translate';
import { formatDuration } from '../units';

/** Which wait, and how long it takes now. */
export function changeText(change: Change, t: Translate): string {
  const { task, visit, line } = change;
  const time = formatDuration(change.to);
  if (task && visit === 1) return t('line {0} in {1} takes {2}', line, task.name, time);
  if (task && visit !== null) return t('line {0} in {1}, time {2}, takes {3}', line, task.name, visit, time);
  if (task) return t('line {0} in {1} always takes {2}', line, task.name, time);
  return visit === null
    ? t('line {0} always takes {1}', line, time)
    : t('line {0}, time {1}, takes {2}', line, visit, time);
}
