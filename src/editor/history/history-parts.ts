import type { TreeView } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import type { Recorded } from '../recording/recording';
import type { TimelinePanel } from '../timeline/panel';
import type { Comparisons } from './comparisons';
import type { History } from './history';

export interface HistoryParts {
  readonly history: History;
  readonly recorded: Recorded;
  readonly panel: TimelinePanel;
  readonly view: TreeView<KeptRun>;
  readonly comparisons: Comparisons;
}
