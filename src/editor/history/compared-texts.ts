import { compareTimelines } from '../../core/compare/compare';
import type { KeptRun } from '../../core/history/kept-run';
import { comparisonText } from '../../core/text/compare-text';
import { readTimeline } from '../../core/timeline/build';
import type { Timeline } from '../../core/timeline/model';
import { isStored } from '../recording/recording';
import { t } from '../words/translate';
import type { History } from './history';
import { runName, whenText } from './run-words';

/** Both as texts, for a diff. @throws TraceError, or an error of the file system */
export async function comparedTexts(history: History, runs: readonly [KeptRun, KeptRun]) {
  const comparison = compareTimelines(await timelineOf(history, runs[0]), await timelineOf(history, runs[1]));
  const described = runs.map((run) =>
    [names([run, run]).before, run.engine, run.clock === 'virtual' ? t('virtual clock') : t('real clock')].join(' · '),
  );
  const shown = { before: described[0], after: described[1] };
  return {
    before: comparisonText(comparison, 'before', shown, t),
    after: comparisonText(comparison, 'after', shown, t),
  };
}

async function timelineOf(history: History, run: KeptRun): Promise<Timeline> {
  const trace = await history.open(run);
  try {
    return readTimeline(trace);
  } finally {
    if (isStored(trace)) trace.close();
  }
}

export function names([before, after]: readonly [KeptRun, KeptRun]) {
  const name = (run: KeptRun) => `${runName(run)} (${whenText(run)})`;
  return { before: name(before), after: name(after) };
}
