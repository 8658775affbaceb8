import {
  Position,
  Range,
  type TextDocument,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { sameFile } from '../core/places/same-file';
import { noticeText } from './notice';
import { pathOf } from './paths';
import { t } from './translate';

/** How long the line that was jumped to stays marked. */
const MARKED_MS = 1500;

/** Opens source lines: in the editor that shows the file already, else beside the panel. */
export class SourceLines {
  #mark: TextEditorDecorationType | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param line from 1 @param column from 0 */
  async open(file: string, line: number, column: number): Promise<void> {
    const document = await openDocument(file);
    if (!document) {
      if (file.startsWith('/lib/python')) {
        window.showInformationMessage(
          noticeText(t('{0} is part of the embedded Python: there is no file to open.', file)),
        );
        return;
      }
      window.showWarningMessage(noticeText(t('The file {0} no longer exists.', file)));
      return;
    }
    const position = document.validatePosition(new Position(line - 1, column));
    const visible = window.visibleTextEditors.find((editor) => editor.document === document);
    const editor = await window.showTextDocument(document, {
      viewColumn: visible?.viewColumn ?? ViewColumn.One,
      selection: new Range(position, position),
    });
    editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
    this.#markLine(document, position);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#mark?.dispose();
  }

  /** In every editor that shows the document: which of two halves a person looks at, nobody knows. */
  #markLine(document: TextDocument, position: Position): void {
    this.#mark ??= window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new ThemeColor('editor.findRangeHighlightBackground'),
      border: '1px solid',
      borderColor: new ThemeColor('editor.rangeHighlightBorder'),
    });
    const mark = this.#mark;
    const show = (ranges: readonly Range[]) => {
      for (const editor of window.visibleTextEditors)
        editor.setDecorations(mark, editor.document === document ? ranges : []);
    };
    show([new Range(position, position)]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => show([]), MARKED_MS);
  }
}

/** The document that is open already. An unsaved one counts too: it is known by its path only. */
export function openedDocument(file: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.scheme !== 'git' && sameFile(pathOf(document), file));
}

export async function openDocument(file: string): Promise<TextDocument | undefined> {
  const open = openedDocument(file);
  if (open) return open;
  try {
    return await workspace.openTextDocument(Uri.file(file));
  } catch {
    return undefined;
  }
}
