import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages } from 'vscode';
import type { Recorded } from './recording';
import { t } from './translate';

/** The entry in the status of the language Python: what ran the last program, and why. */
export function engineStatus(recorded: Recorded): Disposable {
  let item: LanguageStatusItem | undefined;
  const changes = recorded.onDidChange(({ status }) => {
    if (status.state === 'empty') return;
    item ??= made();
    item.busy = status.state === 'running';
    item.severity = status.state === 'failed' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    if (status.state === 'failed') {
      item.text = t('Coroscope could not run {0}', status.program);
      item.detail = status.message;
    } else {
      item.text = status.engine || t('Running {0}', status.program);
      item.detail = status.state === 'done' ? status.reason : undefined;
    }
  });
  return {
    dispose: () => {
      changes.dispose();
      item?.dispose();
    },
  };
}

function made(): LanguageStatusItem {
  const item = languages.createLanguageStatusItem('coroscope.engine', { language: 'python' });
  item.name = 'Coroscope';
  item.command = { command: 'coroscope.showOutput', title: t('Show Output') };
  return item;
}
