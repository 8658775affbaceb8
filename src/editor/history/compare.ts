import { commands, window } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { errorText } from '../../core/trace/trace-error';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import { comparedTexts, names } from './compared-texts';
import type { Comparisons } from './comparisons';
import type { History } from './history';

/** Shows two runs beside each other in a diff editor. */
export async function compare(
  comparisons: Comparisons,
  history: History,
  runs: readonly [KeptRun, KeptRun],
): Promise<void> {
  try {
    const texts = await comparedTexts(history, runs);
    const [before, after] = [
      comparisons.put(runs, 'before', texts.before),
      comparisons.put(runs, 'after', texts.after),
    ];
    const title = `${names(runs).before} ↔ ${names(runs).after}`;
    await commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  } catch (error) {
    window.showErrorMessage(noticeText(t('The runs cannot be compared: {0}', errorText(error, t))));
  }
}
