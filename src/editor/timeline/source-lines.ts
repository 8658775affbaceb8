import {
  Position,
  Range,
  type Tab,
  TabInputCustom,
  TabInputWebview,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { sameFile } from '../../core/places/same-file';
import { pathOf } from '../documents/paths';
import { host } from '../host/host';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import { PANEL_TYPE } from './panel';
import { TRACE_EDITOR } from './trace-editor';

/** How long a line is highlighted after a jump (ms). */
const MARKED_MS = 1500;

/** Opens source lines: in an editor that shows the file already, else beside the panel. */
export class SourceLines {
  #mark: TextEditorDecorationType | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param line from 1 @param column from 0 @param focus whether to move the focus there */
  async open(file: string, line: number, column: number, focus = true): Promise<void> {
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
      viewColumn: visible?.viewColumn ?? columnOfSource(),
      preserveFocus: !focus,
      selection: new Range(position, position),
    });
    editor.revealRange(new Range(position, position), TextEditorRevealType.InCenterIfOutsideViewport);
    this.#markLine(document, position);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#mark?.dispose();
  }

  /** In every editor that shows the document, since the user may look at any of them. */
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

/** The column for source: one that shows source already, never that of a timeline. */
export function columnOfSource(shown: (editor: TextEditor) => boolean = () => false): ViewColumn {
  const isSource = (editor: TextEditor) => shown(editor) || editor.document.languageId === 'python';
  const editor = window.visibleTextEditors.find(isSource);
  const group = window.tabGroups.all.find(({ activeTab }) => !(activeTab && isTimeline(activeTab)));
  return editor?.viewColumn ?? group?.viewColumn ?? ViewColumn.Beside;
}

function isTimeline({ input }: Tab): boolean {
  if (input instanceof TabInputCustom) return input.viewType === TRACE_EDITOR;
  // VS Code prefixes the view type of a panel.
  return input instanceof TabInputWebview && input.viewType.endsWith(PANEL_TYPE);
}

/** The open document with this path, which may be unsaved. */
export function openedDocument(file: string): TextDocument | undefined {
  return workspace.textDocuments.find((document) => document.uri.scheme !== 'git' && sameFile(pathOf(document), file));
}

export async function openDocument(file: string): Promise<TextDocument | undefined> {
  const open = openedDocument(file);
  if (open) return open;
  try {
    return await workspace.openTextDocument(host().paths.uri(file));
  } catch {
    return undefined;
  }
}
