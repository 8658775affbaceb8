import { window } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { errorText } from '../../core/trace/trace-error';
import { isStored, loadReader, type RecordedTrace } from '../recording/recording';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { HistoryParts } from './history-parts';
import { runName, whenText } from './run-words';

/** Compares two runs on one axis, in the timeline. */

/** @param open shows the younger run; resolves to false if it was not shown, after telling the user */
export async function compareInTimeline(
  parts: HistoryParts,
  [before, after]: readonly [KeptRun, KeptRun],
  open: (run: KeptRun) => Promise<boolean>,
): Promise<void> {
  const trace = await readable(parts, before);
  if (!trace) return;
  if (!(await open(after))) return closed(trace);
  parts.recorded.compareWith({ trace, label: labelOf(before) });
}

/** Compares the current run with the one before it of the same program. */
export async function compareWithPrevious(parts: HistoryParts): Promise<void> {
  const { file, at = Date.now(), trace: shown } = parts.recorded.current;
  if (!shown) return;
  const runs = await parts.history.runs();
  const before = runs.find((run) => run.file === file && (run.at ?? run.when) < at);
  if (!before) {
    window.showInformationMessage(t('No earlier run of this program is saved.'));
    return;
  }
  const trace = await readable(parts, before);
  // Another run may have been shown meanwhile.
  if (!trace) return;
  if (parts.recorded.current.trace !== shown) return closed(trace);
  parts.recorded.compareWith({ trace, label: labelOf(before) });
  parts.panel.show();
}

function closed(trace: RecordedTrace): void {
  if (isStored(trace)) trace.close();
}

async function readable({ history }: HistoryParts, run: KeptRun): Promise<RecordedTrace | undefined> {
  let trace: RecordedTrace | undefined;
  try {
    trace = await history.open(run);
    const { readTimeline } = await loadReader();
    readTimeline(trace);
    return trace;
  } catch (error) {
    if (trace) closed(trace);
    window.showErrorMessage(noticeText(t('The runs cannot be compared: {0}', errorText(error, t))));
    return undefined;
  }
}

function labelOf(run: KeptRun): string {
  return `${runName(run)} (${whenText(run)})`;
}
