import { commands, window } from 'vscode';
import { compareTimelines } from '../../core/compare/compare';
import type { KeptRun } from '../../core/history/kept-run';
import { comparisonText } from '../../core/text/compare-text';
import { readTimeline } from '../../core/timeline/build';
import { errorText } from '../../core/trace/trace-error';
import { t } from '../translate';
import type { Comparisons } from './comparisons';
import type { History } from './history';
import { runName, whenText } from './run-words';

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
    window.showErrorMessage(t('The runs cannot be compared: {0}', errorText(error, t)));
  }
}

/** Both as texts, for a diff. @throws TraceError, or an error of the file system */
export async function comparedTexts(history: History, runs: readonly [KeptRun, KeptRun]) {
  const traces = await Promise.all(runs.map((run) => history.read(run)));
  const comparison = compareTimelines(readTimeline(traces[0]), readTimeline(traces[1]));
  const described = runs.map((run) =>
    [names([run, run]).before, run.engine, run.clock === 'virtual' ? t('virtual clock') : t('real clock')].join(' · '),
  );
  const shown = { before: described[0], after: described[1] };
  return {
    before: comparisonText(comparison, 'before', shown, t),
    after: comparisonText(comparison, 'after', shown, t),
  };
}

function names([before, after]: readonly [KeptRun, KeptRun]) {
  const name = (run: KeptRun) => `${runName(run)} (${whenText(run)})`;
  return { before: name(before), after: name(after) };
}
