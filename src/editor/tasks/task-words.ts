import { MarkdownString, ThemeColor, ThemeIcon } from 'vscode';
import type { TaskMoment, TaskState } from '../../core/describe/task-tree';
import { code } from '../../core/explain/explain';
import type { Task, Timeline } from '../../core/timeline/model';
import { formatDuration } from '../../core/units';
import { outcomeWords, taskCall, taskSummary, taskTimes } from '../../core/words/tasks';
import { terminalLine } from '../../core/words/terminal';
import { t } from '../words/translate';

/** Icons of the timeline's lanes, and of the test explorer for how a task ended. */
const ICONS: Readonly<Record<TaskState, readonly [icon: string, color: string]>> = {
  running: ['play', 'charts.green'],
  ready: ['watch', 'charts.yellow'],
  suspended: ['debug-pause', 'charts.blue'],
  unborn: ['circle-small', 'disabledForeground'],
  result: ['pass', 'testing.iconPassed'],
  exception: ['error', 'testing.iconFailed'],
  cancelled: ['circle-slash', 'testing.iconSkipped'],
  pending: ['circle-large-outline', 'testing.iconQueued'],
};

export function stateIcon(state: TaskState): ThemeIcon {
  const [icon, color] = ICONS[state];
  return new ThemeIcon(icon, new ThemeColor(color));
}

export function stateWords({ state, text }: TaskMoment): string {
  return state === 'suspended' ? t('suspended, waits for {0}', text) : text;
}

/** @param playing there is a playhead: begin with what the task does at that moment */
export function taskLabel(timeline: Timeline, task: Task, moment: TaskMoment, playing: boolean): string {
  const summary = taskSummary(timeline, task, t);
  const words = [taskCall(task) ?? task.coroutine, task.name, playing ? stateWords(moment) : summary];
  return terminalLine(words.join(', '));
}

export function taskTooltip(timeline: Timeline, task: Task, moment: TaskMoment, playing: boolean): MarkdownString {
  const { ready, running, suspended } = taskTimes(timeline, task);
  const lines = [
    `**${code(taskCall(task) ?? task.coroutine)}** ${code(task.name)}`,
    ...(playing ? [t('At the playhead: {0}', code(stateWords(moment), 120))] : []),
    t('Outcome: {0}', code(outcomeWords(task, t), 120)),
    t(
      '{0} running · {1} ready · {2} suspended',
      formatDuration(running),
      formatDuration(ready),
      formatDuration(suspended),
    ),
  ];
  return new MarkdownString(lines.join('  \n'));
}
