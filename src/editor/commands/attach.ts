import { ProgressLocation, window } from 'vscode';
import { trusted } from '../engine/trust';
import { host, type ProcessHost } from '../host/host';
import { openTrace } from '../traces/trace-files';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { Parts } from './parts';

/** Records a Python process that runs already, until the user ends that, and shows its timeline. */
export async function attach({ recorded, panel, output }: Parts): Promise<void> {
  const { processes } = host();
  if (!processes || !(await trusted())) return;
  const pick = await window.showQuickPick(items(processes), {
    title: t('Attach to Process'),
    placeHolder: t('A Python process of version 3.14 or later that runs an event loop'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!pick) return;
  const { pid, label } = pick;
  const stop = new AbortController();
  const title = noticeText(t('Recording {0} ({1})', label, pid));
  try {
    const { trace, goesOn } = await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => stop.abort());
        progress.report({ message: t('Attaching…') });
        const attached = (loops: number) =>
          progress.report({
            message:
              loops === 1
                ? t('One event loop. Cancel ends the record and shows its timeline.')
                : t('{0} event loops. Cancel ends the record and shows its timeline.', loops),
          });
        return processes.attach(pid, attached, stop.signal, t);
      },
    );
    output.say(goesOn ? t('Process {0} goes on, unrecorded.', pid) : t('Process {0} has ended.', pid));
    if (await openTrace(trace, recorded)) panel.show();
  } catch (error) {
    const isOurs = error instanceof Error && error.name === 'EngineError';
    window.showErrorMessage(
      noticeText(isOurs ? error.message : t('Attaching to process {0} failed: {1}', pid, String(error))),
    );
  }
}

async function items(processes: ProcessHost) {
  return (await processes.list()).map(({ pid, command, program }) => ({
    label: program === '' ? t('Python, interactive') : program,
    description: String(pid),
    detail: command,
    pid,
  }));
}
