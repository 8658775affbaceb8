import { compareTimelines } from '../../core/compare/compare';
import type { KeptRun } from '../../core/history/kept-run';
import { comparisonText } from '../../core/text/compare-text';
import { readTimeline } from '../../core/timeline/build';
import { t } from '../words/translate';
import type { History } from './history';
import { runName, whenText } from './run-words';

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

export function names([before, after]: readonly [KeptRun, KeptRun]) {
  const name = (run: KeptRun) => `${runName(run)} (${whenText(run)})`;
  return { before: name(before), after: name(after) };
}
