import { commands, env, type Uri, window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import { noticeText } from './notice';
import { t } from './translate';

/** Says that a file was written, with a button that opens it: a page in the browser, anything else in VS Code. Does not wait for the answer. */
export function offerToOpen(target: Uri): void {
  void offer(target);
}

async function offer(target: Uri): Promise<void> {
  const open = t('Open');
  const answer = await window.showInformationMessage(noticeText(t('{0} was saved.', baseName(target.path))), open);
  if (answer !== open) return;
  if (/\.html?$/i.test(target.path) && (await env.openExternal(target))) return;
  await commands.executeCommand('vscode.open', target);
}
