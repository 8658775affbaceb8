import { env, TabInputWebview, type TextDocument, Uri, ViewColumn, window, workspace } from 'vscode';
import { PANEL_TYPE } from '../timeline/panel';
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
    { file: 'mistakes.py', label: t('Mistakes'), detail: t('The most common mistakes, and how they look.') },
    { file: 'timeout.py', label: t('Timeout'), detail: t('A time limit expires: who is cancelled, and where.') },
    { file: 'simulated.py', label: t('Simulated'), detail: t('Comments simulate a network that you do not have.') },
    // Its comments are in Korean.
    ...(env.language.startsWith('ko') ? [korean] : []),
  ];
}

/**
 * Opens an example as an untitled document: it can be edited and run without changing the extension's files.
 * @param name file of a sample; anything else: the user chooses
 */
export async function openSample(folder: Uri, name: unknown): Promise<TextDocument | undefined> {
  const title = t('Open a sample');
  const named = samples().find(({ file }) => file === name);
  const chosen =
    named ?? (await window.showQuickPick(samples(), { title, placeHolder: t('Which one?'), matchOnDetail: true }));
  if (!chosen) return undefined;
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder, chosen.file));
  const content = new TextDecoder().decode(bytes);
  const document = await workspace.openTextDocument({ language: 'python', content });
  // Where the user is, also over the walkthrough: the picture opens beside it, and three columns are too narrow.
  await window.showTextDocument(document, { viewColumn: columnForCode(), preview: false });
  return document;
}

/** Never that of the timeline: the code would cover it. */
function columnForCode(): ViewColumn {
  const { all, activeTabGroup } = window.tabGroups;
  const hasTimeline = ({ activeTab }: (typeof all)[number]) =>
    activeTab?.input instanceof TabInputWebview && activeTab.input.viewType.endsWith(PANEL_TYPE);
  if (!hasTimeline(activeTabGroup)) return ViewColumn.Active;
  return all.find((group) => !hasTimeline(group))?.viewColumn ?? ViewColumn.Active;
}
