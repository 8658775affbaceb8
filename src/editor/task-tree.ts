import {
  type Event,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
} from 'vscode';
import { code } from '../core/explain';
import type { Task, Timeline } from '../core/model';
import { outcomeWords, taskSummary, tasksByParent, taskTimes } from '../core/task-words';
import { formatDuration } from '../core/units';
import type { Recorded } from './recording';
import { t } from './translate';

export const TASK_VIEW = 'coroscope.tasks';

const icons: Record<Task['outcome']['kind'], readonly [icon: string, color: string]> = {
  result: ['pass', 'testing.iconPassed'],
  exception: ['error', 'testing.iconFailed'],
  cancelled: ['circle-slash', 'testing.iconSkipped'],
  pending: ['circle-large-outline', 'testing.iconQueued'],
};

/** The tasks of the last run, each under the one that made it. */
export class TaskTree implements TreeDataProvider<Task> {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeTreeData: Event<void> = this.#changes.event;
  #of: Timeline | undefined;
  #children = new Map<number, Task[]>();

  constructor(private readonly recorded: Recorded) {
    recorded.onDidChange(() => this.#changes.fire());
  }

  getChildren(parent?: Task): Task[] {
    const timeline = this.#timeline();
    if (timeline !== this.#of) {
      this.#of = timeline;
      this.#children = timeline ? tasksByParent(timeline) : new Map();
    }
    return this.#children.get(parent?.id ?? 0) ?? [];
  }

  getParent(task: Task): Task | undefined {
    return this.#of?.tasks.find((other) => other.id === task.parent);
  }

  getTreeItem(task: Task): TreeItem {
    const timeline = this.#of!;
    const state = this.#children.has(task.id) ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
    const item = new TreeItem(task.name, state);
    const [icon, color] = icons[task.outcome.kind];
    item.id = String(task.id);
    item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
    item.description = `${task.coroutine} · ${formatDuration(task.ended - task.created)}`;
    item.tooltip = tooltip(timeline, task);
    item.contextValue = 'task';
    item.accessibilityInformation = { label: `${task.name}, ${task.coroutine}, ${taskSummary(timeline, task, t)}` };
    item.command = { command: 'coroscope.revealTask', title: t('Show in Timeline'), arguments: [task.id] };
    return item;
  }

  #timeline(): Timeline | undefined {
    try {
      return this.recorded.timeline();
    } catch {
      // The panel says what is wrong with the trace.
      return undefined;
    }
  }
}

function tooltip(timeline: Timeline, task: Task): MarkdownString {
  const { ready, running, suspended } = taskTimes(timeline, task);
  const lines = [
    `**${code(task.name)}** ${code(task.coroutine)}`,
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
