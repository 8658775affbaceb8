import { type Disposable, type ExtensionContext, Uri, workspace } from 'vscode';
import { registered } from '../contributions/registered';
import type { Recorded } from '../recording/recording';
import type { ProgramOutput } from '../run/output';
import type { TimelinePanel } from '../timeline/panel';
import { historyCommandNames } from './command-names';
import { Comparisons } from './comparisons';
import { History } from './history';
import { runsView } from './runs-view';

/** The history of runs: kept as they end, listed in the side bar, opened and compared from there. */
export function keepHistory(
  { storageUri, globalStorageUri }: ExtensionContext,
  { recorded, panel, output }: { recorded: Recorded; panel: TimelinePanel; output: ProgramOutput },
): Disposable[] {
  const say = (message: string) => output.say(message);
  const history = new History(Uri.joinPath(storageUri ?? globalStorageUri, 'runs'), recorded, say);
  const comparisons = new Comparisons(history);
  const list = runsView(history);
  return [
    history,
    comparisons,
    list,
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('coroscope.history.limit')) history.fit().catch((error) => say(String(error)));
    }),
    ...registered(historyCommandNames, async () => {
      const { historyCommands } = await import('./commands');
      return historyCommands({ history, recorded, panel, comparisons, view: list.view });
    }),
  ];
}
