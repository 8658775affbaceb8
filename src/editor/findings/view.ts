import {
  type Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import type { FindingKind } from '../../core/findings/finding-list';
import type { Problem } from '../../core/findings/findings';
import type { Timeline } from '../../core/timeline/model';
import { isRewritten } from '../../core/tried/kinds';
import { terminalLine } from '../../core/words/terminal';
import type { Recorded } from '../recording/recording';
import { t } from '../words/translate';

export const FINDINGS_VIEW = 'coroscope.findings';

/** Loaded with the first run: findings and their words. */
const findingWords = () => import('./words');

export type FindingNode = FindingKind | Problem;

const ICONS: Readonly<Record<Problem['severity'], readonly [icon: string, color: string]>> = {
  error: ['error', 'list.errorForeground'],
  warning: ['warning', 'list.warningForeground'],
  info: ['info', 'notificationsInfoIcon.foreground'],
};

/** The findings of the last run, by kind. */
export class FindingsView implements TreeDataProvider<FindingNode>, Disposable {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changes.event;
  readonly #view: TreeView<FindingNode>;
  readonly #recording: Disposable;
  #of: Timeline | undefined;
  #words: Awaited<ReturnType<typeof findingWords>> | undefined;
  #kinds: readonly FindingKind[] = [];

  constructor(private readonly recorded: Recorded) {
    this.#view = window.createTreeView(FINDINGS_VIEW, { treeDataProvider: this, showCollapseAll: true });
    this.#recording = recorded.onDidFollow(() => void this.#refresh());
  }

  /** The selection, for commands without an argument. */
  get selected(): FindingNode | undefined {
    return this.#view.selection[0];
  }

  getChildren(node?: FindingNode): FindingNode[] {
    if (!node) return [...this.#kinds];
    return 'findings' in node ? [...node.findings] : [];
  }

  getParent(node: FindingNode): FindingNode | undefined {
    return 'findings' in node ? undefined : this.#kinds.find(({ findings }) => findings.includes(node));
  }

  getTreeItem(node: FindingNode): TreeItem {
    const [icon, color] = ICONS[node.severity];
    const item = new TreeItem('');
    item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
    if ('findings' in node) {
      item.label = node.label;
      item.id = node.label;
      item.description = String(node.findings.length);
      item.collapsibleState = TreeItemCollapsibleState.Expanded;
      item.contextValue = 'kind';
      item.accessibilityInformation = { label: `${node.label}, ${node.findings.length}` };
      return item;
    }
    const timeline = this.#of!;
    const { problemWords, findingFacts } = this.#words!;
    const words = problemWords(timeline, node, t);
    const [title, why, advice] = [words.title, words.why, words.advice].map(terminalLine);
    item.label = title;
    item.description = terminalLine(findingFacts(timeline, node, this.recorded.current.root, t));
    item.tooltip = tooltip(title, why, advice);
    item.contextValue = isRewritten(node.kind) ? 'findingWithChange' : 'finding';
    item.accessibilityInformation = { label: [title, item.description, why, advice].filter(Boolean).join(', ') };
    item.command = { command: 'coroscope.revealFinding', title: t('Show in Timeline'), arguments: [node] };
    return item;
  }

  dispose(): void {
    this.#recording.dispose();
    this.#view.dispose();
    this.#changes.dispose();
  }

  async #refresh(): Promise<void> {
    const recorded = this.#timeline();
    if (recorded && !this.#words) {
      this.#words = await findingWords();
      // A newer run was shown meanwhile, with an update of its own.
      if (this.#timeline() !== recorded) return;
    }
    const timeline = recorded && this.#words!.advised(recorded, this.recorded.current);
    const count = timeline ? this.#words!.seriousCount(timeline) : 0;
    const badge = count === 1 ? t('1 finding') : t('{0} findings', count);
    this.#view.badge = count > 0 ? { value: count, tooltip: badge } : undefined;
    if (timeline && timeline === this.#of) return;
    this.#of = timeline;
    this.#kinds = timeline ? this.#words!.findingKinds(timeline, t) : [];
    this.#view.message =
      timeline && this.#kinds.length === 0
        ? t(
            'No problems found: no blocked event loop, no lost exception, no coroutine that was never awaited, no deadlock.',
          )
        : undefined;
    this.#changes.fire();
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

/** Names of tasks and messages of errors come from the program: they are text. */
function tooltip(title: string, why: string, advice: string): MarkdownString {
  const text = new MarkdownString('', true).appendMarkdown('**').appendText(title).appendMarkdown('**');
  if (why) text.appendMarkdown('\n\n').appendText(why);
  if (advice) text.appendMarkdown('\n\n$(lightbulb) ').appendText(advice);
  return text;
}
