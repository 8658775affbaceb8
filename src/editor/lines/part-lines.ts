import {
  Disposable,
  MarkdownString,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
} from 'vscode';
import { sameFile } from '../../core/places/same-file';
import { pathOf } from '../documents/paths';
import type { Recorded } from '../recording/recording';
import type { RunTexts } from '../recording/run-texts';
import { t } from '../words/translate';

/** Where only a part of a document was run, marks the lines that ran: the selection, and the code around it that it needs. */
export class PartLines implements Disposable {
  #type: TextEditorDecorationType | undefined;
  readonly #subscriptions: Disposable;

  constructor(
    private readonly recorded: Recorded,
    private readonly texts: RunTexts,
  ) {
    this.#subscriptions = Disposable.from(
      recorded.onDidChange(() => this.#mark(window.visibleTextEditors)),
      window.onDidChangeVisibleTextEditors((editors) => this.#mark(editors)),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#type?.dispose();
  }

  #mark(editors: readonly TextEditor[]): void {
    const part = this.recorded.current.part ?? [];
    if (part.length === 0 && !this.#type) return;
    this.#type ??= window.createTextEditorDecorationType({
      isWholeLine: true,
      borderWidth: '0 0 0 2px',
      borderStyle: 'solid',
      borderColor: new ThemeColor('editorInfo.foreground'),
      overviewRulerColor: new ThemeColor('editorInfo.foreground'),
      overviewRulerLane: OverviewRulerLane.Left,
    });
    for (const editor of editors) {
      const ranges = this.#rangesIn(editor, part);
      editor.setDecorations(this.#type, ranges);
    }
  }

  #rangesIn({ document }: TextEditor, part: NonNullable<Recorded['current']['part']>) {
    const text = this.texts.known(document);
    const file = text?.file ?? pathOf(document);
    const hoverMessage = new MarkdownString(t('This line took part in the run of the selection.'));
    return part
      .filter((each) => sameFile(each.file, file))
      .flatMap(({ lines }) => lines)
      .map((line) => (text?.lines ? text.lines.now(line) : line))
      .filter((line) => line !== undefined && line <= document.lineCount)
      .map((line) => ({ range: new Range(line! - 1, 0, line! - 1, 0), hoverMessage }));
  }
}
