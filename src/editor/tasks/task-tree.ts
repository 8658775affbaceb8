import {
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import type { TaskForest, TaskMoment, TreeNode } from '../../core/describe/task-tree';
import { formatDuration } from '../../core/units';
import { taskCall } from '../../core/words/tasks';
import { terminalLine } from '../../core/words/terminal';
import type { Recorded } from '../recording/recording';
import { t } from '../words/translate';

export const TASK_VIEW = 'coroscope.tasks';

/** Loaded when there are tasks to show. */
const taskParts = () => import('./task-tree-parts');

/** Delay between updates (ms): a tree that is updated more often flickers. */
const SETTLE_MS = 120;
/** More changed rows than this: refresh the whole tree, which is faster. */
const MANY = 200;
/** Groups with more members start collapsed. */
const OPEN_UP_TO = 50;

/** The tasks of the last run, each with its state at the playhead, or how it ended. */
export class TaskTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #changes = new EventEmitter<TreeNode[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: TreeView<TreeNode>;
  readonly #recording: Disposable;
  #words: Awaited<ReturnType<typeof taskParts>> | undefined;
  #forest: TaskForest | undefined;
  #turn: number | undefined;
  /** The last text of each row that VS Code has. */
  readonly #told = new Map<TreeNode, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly recorded: Recorded) {
    this.#view = window.createTreeView(TASK_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#recording = recorded.onDidFollow(({ again }) => {
      // In live mode the page reports its playhead again.
      if (!again) this.#turn = undefined;
      this.#changes.fire(undefined);
    });
  }

  /** The playhead is at this turn of the loop; null: hidden. */
  at(turn: number | null): void {
    if ((turn ?? undefined) === this.#turn) return;
    this.#turn = turn ?? undefined;
    // Later changes are part of the same update.
    this.#timer ??= setTimeout(() => this.#tell(), SETTLE_MS);
  }

  /** A task was selected in the timeline. */
  async select(task: number | null): Promise<void> {
    const node = task === null || !this.#view.visible ? undefined : this.#forest?.find(task);
    // If it is selected already, the selection came from this tree.
    if (!node || this.#view.selection.includes(node)) return;
    // `reveal` fails if the tree has changed meanwhile: then there is nothing to select.
    await this.#view.reveal(node, { select: true, focus: false }).then(undefined, () => {});
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.#words && this.#timeline()) this.#words = await taskParts();
    const timeline = this.#timeline();
    if (timeline !== this.#forest?.timeline) {
      this.#told.clear();
      this.#forest = timeline && this.#words?.taskForest(timeline);
    }
    const forest = this.#forest;
    return forest ? [...(node ? forest.children(node) : forest.roots)] : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#forest?.parent(node);
  }

  getTreeItem(node: TreeNode): TreeItem {
    const forest = this.#forest;
    if (node.kind === 'more' || !forest) return moreItem(node.kind === 'more' ? node.count : 0);
    const item = node.kind === 'group' ? groupItem(node) : this.#taskItem(forest, node);
    item.id = node.key;
    return item;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#recording.dispose();
    this.#view.dispose();
    this.#changes.dispose();
  }

  #taskItem(forest: TaskForest, node: TreeNode & { kind: 'task' }): TreeItem {
    const { timeline } = forest;
    const { task } = node;
    const { stateIcon, taskTooltip, taskLabel } = this.#words!;
    const moment = this.#moment(node);
    this.#told.set(node, said(moment));
    const state = forest.children(node).length > 0 ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None;
    const item = new TreeItem(terminalLine(taskCall(task) ?? task.name), state);
    item.iconPath = stateIcon(moment.state);
    const last = this.#turn === undefined ? formatDuration(task.ended - task.created) : moment.text;
    item.description = terminalLine(`${taskCall(task) === undefined ? task.coroutine : task.name} · ${last}`);
    item.tooltip = taskTooltip(timeline, task, moment, this.#turn !== undefined);
    item.contextValue = 'task';
    item.accessibilityInformation = { label: taskLabel(timeline, task, moment, this.#turn !== undefined) };
    item.command = { command: 'coroscope.revealTask', title: t('Show in Timeline'), arguments: [task.id] };
    return item;
  }

  #moment(node: TreeNode & { kind: 'task' }): TaskMoment {
    return this.#words!.taskMoment(this.#forest!.timeline, node.index, this.#turn, t);
  }

  #tell(): void {
    this.#timer = undefined;
    if (!this.#forest) return;
    const changed = [...this.#told].flatMap(([node, before]) =>
      node.kind === 'task' && said(this.#moment(node)) !== before ? [node] : [],
    );
    const all = changed.length > MANY;
    if (changed.length > 0) this.#changes.fire(all ? undefined : changed);
  }

  #timeline() {
    try {
      return this.recorded.timeline();
    } catch {
      // The panel says what is wrong with the trace.
      return undefined;
    }
  }
}

function said({ state, text }: TaskMoment): string {
  return `${state} ${text}`;
}

function groupItem({ name, members }: TreeNode & { kind: 'group' }): TreeItem {
  const count = members.reduce((sum, member) => sum + (member.kind === 'more' ? member.count : 1), 0);
  const state = count > OPEN_UP_TO ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
  const label = terminalLine(name);
  const item = new TreeItem(label, state);
  item.iconPath = new ThemeIcon('group-by-ref-type');
  item.description = t('{0} tasks', count);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function moreItem(count: number): TreeItem {
  const item = new TreeItem(t('{0} more tasks', count), TreeItemCollapsibleState.None);
  item.description = t('see the timeline');
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: 'coroscope.openTimeline', title: t('Show in Timeline') };
  return item;
}
