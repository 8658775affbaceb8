import type { Timeline } from '../timeline/model';
import type { Change } from '../trace/change';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { taskOfChange } from '../what-if/wait';
import { hasTellingName, taskTitle } from './tasks';

/**
 * Which wait, and how long it takes now.
 * @param timeline the run with the change, or the one that it was asked for in: it knows what the task runs
 */
export function changeText(change: Change, t: Translate, timeline?: Timeline): string {
  const { task, visit, line } = change;
  const time = formatDuration(change.to);
  if (!task)
    return visit === null
      ? t('line {0} always takes {1}', line, time)
      : t('line {0}, time {1}, takes {2}', line, visit, time);
  const found = timeline && taskOfChange(timeline, task);
  // The name that somebody gave it is enough.
  const name = found && !hasTellingName(found) ? taskTitle(found) : task.name;
  if (visit === 1) return t('line {0} in {1} takes {2}', line, name, time);
  if (visit !== null) return t('line {0} in {1}, time {2}, takes {3}', line, name, visit, time);
  return t('line {0} in {1} always takes {2}', line, name, time);
}
