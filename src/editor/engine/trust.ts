import { commands, window, workspace } from 'vscode';
import { t } from '../words/translate';

/** Whether code may run here; if not, says why, and what to do. */
export async function trusted(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = t('Manage Workspace Trust');
  const chosen = await window.showWarningMessage(
    t('Coroscope runs the code that it shows, so it needs a workspace that you trust.'),
    manage,
  );
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
  return false;
}
