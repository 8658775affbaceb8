import { type NotebookDocument, type TextDocument, workspace } from 'vscode';
import { host } from '../host/host';

/** The path that frames of a document have in a trace. A document that was never saved gets one from its title, a cell that of its notebook with its number. */
export function pathOf(document: TextDocument): string {
  const { isUntitled, uri, languageId } = document;
  const { paths } = host();
  const notebook = notebookOf(document);
  if (notebook) return `${paths.of(notebook.uri)}#${codeCells(notebook).indexOf(document) + 1}`;
  if (!isUntitled) return paths.of(uri);
  const name = uri.path.split('/').at(-1) ?? 'untitled';
  const extension = languageId === 'markdown' ? 'md' : 'py';
  const [folder] = workspace.workspaceFolders ?? [];
  return paths.join(folder ? paths.of(folder.uri) : paths.temporary(), `${name}.${extension}`);
}

export function notebookOf(document: TextDocument): NotebookDocument | undefined {
  if (document.uri.scheme !== 'vscode-notebook-cell') return undefined;
  return workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document));
}

/** Whether a path is in a folder of the workspace, after `..` is resolved. */
export function inWorkspace(file: string): boolean {
  const { paths } = host();
  return workspace.getWorkspaceFolder(paths.uri(paths.normalize(file))) !== undefined;
}

/** Whether a file stands in a folder, or in one below it. */
export function isWithin(file: string, folder: string): boolean {
  if (folder === '') return false;
  const { paths } = host();
  const way = paths.relative(folder, file);
  return way !== '' && !/^\.\.($|[/\\])/.test(way) && !paths.isAbsolute(way);
}

/** The documents of the cells that hold Python. */
export function codeCells(notebook: NotebookDocument): TextDocument[] {
  return notebook
    .getCells()
    .map(({ document }) => document)
    .filter(({ languageId }) => languageId === 'python');
}
