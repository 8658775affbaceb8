import { env, Uri, ViewColumn, window, workspace } from 'vscode';
import { t } from '../words/translate';

/** The samples, the simplest first; all of them run without an installed Python. */
function samples() {
  const korean = {
    file: 'queue_ko.py',
    label: t('Queue'),
    detail: t('A producer and a consumer: who waits, who wakes whom.'),
  };
  return [
    {
      file: 'breakfast.py',
      label: t('Breakfast'),
      detail: t('Three things fry at the same time: what gather and await really do.'),
    },
    { file: 'order.py', label: t('Order'), detail: t('Why the output comes in that order: tasks take turns.') },
    { file: 'blocking.py', label: t('Blocking'), detail: t('One blocking call, and every task has to wait.') },
    { file: 'mistakes.py', label: t('Mistakes'), detail: t('What goes wrong most often, and how it looks.') },
    { file: 'timeout.py', label: t('Timeout'), detail: t('A time limit expires: who is cancelled, and where.') },
    { file: 'simulated.py', label: t('Simulated'), detail: t('Comments simulate a network that you do not have.') },
    // Its comments are in Korean.
    ...(env.language.startsWith('ko') ? [korean] : []),
  ];
}

/** Opens an example as an untitled document: it can be edited and run without changing the extension's files. */
export async function openSample(folder: Uri): Promise<void> {
  const title = t('Open a sample');
  const chosen = await window.showQuickPick(samples(), { title, placeHolder: t('Which one?'), matchOnDetail: true });
  if (!chosen) return;
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder, chosen.file));
  const content = new TextDecoder().decode(bytes);
  const document = await workspace.openTextDocument({ language: 'python', content });
  // Beside the walkthrough, which stays open.
  const viewColumn = window.activeTextEditor ? ViewColumn.Active : ViewColumn.Beside;
  await window.showTextDocument(document, { viewColumn });
}
