import {
  type Disposable,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import type { Verdict } from '../../core/history/verdict';
import { t } from '../words/translate';
import type { History } from './history';
import { runDescription, runLabel, runName, runTooltip } from './run-words';

export const RUNS_VIEW = 'coroscope.runs';

const ICONS: Readonly<Record<Verdict, readonly [icon: string, color: string]>> = {
  ended: ['pass', 'testing.iconPassed'],
  findings: ['warning', 'list.warningForeground'],
  error: ['error', 'testing.iconFailed'],
  cancelled: ['circle-slash', 'testing.iconSkipped'],
  stopped: ['stop-circle', 'list.warningForeground'],
};

class RunList implements TreeDataProvider<KeptRun> {
  readonly onDidChangeTreeData;

  constructor(
    private readonly history: History,
    private readonly loaded: () => void,
  ) {
    this.onDidChangeTreeData = history.onDidChange;
  }

  async getChildren(parent?: KeptRun): Promise<KeptRun[]> {
    if (parent) return [];
    const runs = await this.history.runs();
    this.loaded();
    return [...runs];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(run: KeptRun): TreeItem {
    const item = new TreeItem(runName(run), TreeItemCollapsibleState.None);
    const [icon, color] = ICONS[run.verdict];
    item.id = run.id;
    item.iconPath = new ThemeIcon(icon, new ThemeColor(color));
    item.description = runDescription(run);
    item.tooltip = runTooltip(run);
    item.contextValue = 'run';
    item.accessibilityInformation = { label: runLabel(run) };
    item.command = { command: 'coroscope.openRun', title: t('Open Run'), arguments: [run] };
    return item;
  }
}

/** The history in the side bar. */
export function runsView(history: History): { readonly view: TreeView<KeptRun>; readonly dispose: () => void } {
  const view: TreeView<KeptRun> = window.createTreeView(RUNS_VIEW, {
    treeDataProvider: new RunList(history, () => say()),
    canSelectMany: true,
  });
  const say = () => {
    const { unreadable } = history;
    view.message =
      unreadable === 0
        ? undefined
        : unreadable === 1
          ? t('One saved run can no longer be read. Delete All Runs removes it.')
          : t('{0} saved runs can no longer be read. Delete All Runs removes them.', unreadable);
  };
  const changes: Disposable = history.onDidChange(say);
  return {
    view,
    dispose: () => {
      changes.dispose();
      view.dispose();
    },
  };
}
