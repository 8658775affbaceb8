import { tmpdir } from 'node:os';
import { isAbsolute, join, normalize, relative } from 'node:path';
import { type NotebookDocument, type TextDocument, Uri, workspace } from 'vscode';

/** The path that frames of a document have in a trace. A document that was never saved gets one from its title, a cell that of its notebook with its number. */
export function pathOf(document: TextDocument): string {
  const { isUntitled, uri, languageId } = document;
  const notebook = notebookOf(document);
  if (notebook) return `${notebook.uri.fsPath}#${codeCells(notebook).indexOf(document) + 1}`;
  if (!isUntitled) return uri.fsPath;
  const name = uri.path.split('/').at(-1) ?? 'untitled';
  const extension = languageId === 'markdown' ? 'md' : 'py';
  return join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? tmpdir(), `${name}.${extension}`);
}

export function notebookOf(document: TextDocument): NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

/** Whether a path is in a folder of the workspace, after `..` is resolved. */
export function inWorkspace(file: string): boolean {
  return workspace.getWorkspaceFolder(Uri.file(normalize(file))) !== undefined;
}

/** Whether a file stands in a folder, or in one below it. */
export function isWithin(file: string, folder: string): boolean {
  if (folder === '') return false;
  const way = relative(folder, file);
  return way !== '' && !/^\.\.($|[/\\])/.test(way) && !isAbsolute(way);
}

/** The documents of the cells that hold Python. */
export function codeCells(notebook: NotebookDocument): TextDocument[] {
  return notebook
    .getCells()
    .map(({ document }) => document)
    .filter(({ languageId }) => languageId === 'python');
}
