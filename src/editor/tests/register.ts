import { Disposable, type TextDocument, workspace } from 'vscode';
import type { LaunchParts } from '../launch/session';
import { TEST_FILE } from './file-names';

/** Async tests in the Test Explorer, from the first file on that has some: until then there is no entry for them. */
export function exploringTests(parts: LaunchParts): Disposable {
  let explorer: Disposable | undefined;
  let isOver = false;
  const opened = async (document: TextDocument) => {
    if (explorer || document.uri.scheme !== 'file' || !TEST_FILE.test(document.uri.path)) return;
    if (!/\basync\s+def\s+test/.test(document.getText())) return;
    const { AsyncTestExplorer } = await import('./explorer');
    if (!isOver) explorer ??= new AsyncTestExplorer(parts);
  };
  for (const document of workspace.textDocuments) void opened(document);
  const listening = [workspace.onDidOpenTextDocument(opened), workspace.onDidSaveTextDocument(opened)];
  return new Disposable(() => {
    isOver = true;
    for (const each of listening) each.dispose();
    explorer?.dispose();
  });
}
