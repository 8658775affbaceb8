import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TextDocument, Uri, window, workspace } from 'vscode';
import { t } from './translate';

/** A program to run: a file, with its text where the disk holds another. */
export interface Program {
  readonly uri: Uri;
  readonly file: string;
  /** As it stands in the editor, saved or not. */
  readonly source: string;
  readonly unsaved: boolean;
  readonly folder: string;
}

/** The program that a command is about: what was clicked, else the active editor, else the last one. */
export async function programOf(clicked: unknown, last: string): Promise<Program | undefined> {
  const uri = clicked instanceof Uri ? clicked : (activePython()?.uri ?? (last ? Uri.file(last) : undefined));
  if (!uri) {
    window.showInformationMessage(t('Open a Python file first, then visualize it.'));
    return undefined;
  }
  try {
    const document = await workspace.openTextDocument(uri);
    const file = pathOf(document);
    const folder = workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(file);
    return { uri, file, source: document.getText(), unsaved: document.isDirty || document.isUntitled, folder };
  } catch {
    window.showErrorMessage(t('{0} cannot be read as text.', uri.fsPath));
    return undefined;
  }
}

function activePython(): TextDocument | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find((editor) => editor?.document.languageId === 'python')?.document;
}

/** The path that frames of a document have. One that was never saved has none: its title stands in. */
export function pathOf({ isUntitled, uri }: TextDocument): string {
  if (!isUntitled) return uri.fsPath;
  const name = uri.path.split('/').at(-1) ?? 'untitled';
  return join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? tmpdir(), `${name}.py`);
}
