import { ProgressLocation, window } from 'vscode';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';

/** Show progress for runs that take longer than this (ms). */
const DELAY = 600;

/** Shows a notification with a Cancel button, but only for a run that takes long. */
export async function withLateProgress(work: Promise<void>, program: string, abort: AbortController): Promise<void> {
  const title = noticeText(t('Running {0}', program));
  const timer = setTimeout(() => {
    const settled = work.catch(() => {});
    window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
      token.onCancellationRequested(() => abort.abort());
      return settled;
    });
  }, DELAY);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}
