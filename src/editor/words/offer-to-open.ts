import { commands, env, type Uri, window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import { noticeText } from './notice';
import { t } from './translate';

/** Says that a file was written, with a button that opens it: a page in the browser, anything else in VS Code. Does not wait for the answer. */
export function offerToOpen(target: Uri): void {
  void offer(target);
}

async function offer(target: Uri): Promise<void> {
  const name = baseName(target.path);
  const isPage = /\.html?$/i.test(target.path);
  // A browser reaches only what is on the disk.
  if (isPage && target.scheme !== 'file') {
    await window.showInformationMessage(
      noticeText(t('{0} was saved. To open it in a browser, download it from the Explorer.', name)),
    );
    return;
  }
  const open = t('Open');
  const answer = await window.showInformationMessage(noticeText(t('{0} was saved.', name)), open);
  if (answer !== open) return;
  if (isPage && (await env.openExternal(target))) return;
  await commands.executeCommand('vscode.open', target);
}
