import {
  type DecorationOptions,
  type DecorationRenderOptions,
  Disposable,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { sameFile } from '../../core/places/same-file';
import type { TaskPlace } from '../../core/protocol/messages';
import { tasksAtLineText } from '../../core/words/tasks-at-line';
import { inWorkspace, isWithin, pathOf } from '../documents/paths';
import type { Recorded } from '../recording/recording';
import type { RunText, RunTexts } from '../recording/run-texts';
import { columnOfSource, openDocument, openedDocument } from '../timeline/source-lines';
import { t } from '../words/translate';

type State = TaskPlace['state'];

/** The debugger's colours, so that a current line looks the same in both. */
const LOOKS: Readonly<Record<State, DecorationRenderOptions>> = {
  running: {
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.stackFrameHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.findMatchForeground'),
    overviewRulerLane: OverviewRulerLane.Full,
    after: { color: new ThemeColor('editor.foreground'), fontWeight: '600', margin: '0 0 0 3em' },
  },
  ready: {
    isWholeLine: true,
    backgroundColor: new ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new ThemeColor('editorOverviewRuler.infoForeground'),
    overviewRulerLane: OverviewRulerLane.Right,
    after: { color: new ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em' },
  },
  suspended: {
    isWholeLine: true,
    after: { color: new ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic', margin: '0 0 0 3em' },
  },
};
const STATES = Object.keys(LOOKS) as State[];
/** What moved the playhead. */
export interface Moved {
  /** The user did not move it: do not scroll an editor in which somebody types. */
  readonly again?: boolean;
  /** Keys pressed in the editor. */
  readonly driven?: boolean;
}

/** Marks the lines of all tasks at the playhead in all visible editors; the running task most strongly. */
export class TaskLines {
  #places: readonly TaskPlace[] = [];
  #followed = 0;
  #types: Readonly<Record<State, TextEditorDecorationType>> | undefined;
  readonly #editors = window.onDidChangeVisibleTextEditors(() => this.#decorate());

  /** @param media the folder with the icons of the states */
  constructor(
    private readonly media: Uri,
    private readonly texts: RunTexts,
    private readonly recorded: Recorded,
  ) {}

  /** @param places null: the playhead was hidden */
  show(places: readonly TaskPlace[] | null, { again, driven }: Moved = {}): void {
    if (!places && this.#places.length === 0) return;
    this.#places = places ?? [];
    this.#decorate();
    const running = this.#places.find(({ state }) => state === 'running');
    if (!again) void this.#follow(running, driven !== true);
  }

  /**
   * To the line of the task that runs, in another file of the workspace too. A trace may name any file: others open with a click. The focus stays in the panel; where it was in the editor it goes along, since
   * an editor that another one replaces has no keyboard to give back.
   */
  async #follow(place: TaskPlace | undefined, preserveFocus: boolean): Promise<void> {
    const asked = ++this.#followed;
    if (!place || reveal(place)) return;
    if (!workspace.getConfiguration('coroscope').get('followPlayhead', true)) return;
    const document =
      openedDocument(place.file) ?? (this.#isNear(place.file) ? await openDocument(place.file) : undefined);
    // The playhead may have moved on since.
    if (!document || asked !== this.#followed) return;
    const shown = ({ document }: TextEditor) => this.#places.some(({ file }) => sameFile(pathOf(document), file));
    const viewColumn = columnOfSource(shown);
    await window.showTextDocument(document, { viewColumn, preserveFocus, preview: true });
    if (asked === this.#followed) reveal(place);
  }

  /** Whether a file is in the workspace, or in the folder of the program that was run here. */
  #isNear(file: string): boolean {
    const { origin, root } = this.recorded.current;
    return inWorkspace(file) || (origin !== undefined && isWithin(file, root));
  }

  dispose(): void {
    Disposable.from(this.#editors, ...Object.values(this.#types ?? {})).dispose();
  }

  #decorate(): void {
    // Made when first needed: most runs are never played.
    if (!this.#types && this.#places.length === 0) return;
    this.#types ??= {
      running: this.#type('running'),
      ready: this.#type('ready'),
      suspended: this.#type('suspended'),
    };
    for (const editor of window.visibleTextEditors) {
      const lines = linesIn(editor, this.#places, this.texts.known(editor.document));
      for (const state of STATES) editor.setDecorations(this.#types[state], lines.get(state) ?? []);
    }
  }

  #type(state: State): TextEditorDecorationType {
    const icon = (theme: 'light' | 'dark') => ({
      gutterIconPath: Uri.joinPath(this.media, `gutter-${state}-${theme}.svg`),
    });
    return window.createTextEditorDecorationType({ ...LOOKS[state], light: icon('light'), dark: icon('dark') });
  }
}

/** One mark for each line, of its most active state, with the names of all tasks there. */
function linesIn(
  { document }: TextEditor,
  places: readonly TaskPlace[],
  text: RunText | undefined,
): Map<State, DecorationOptions[]> {
  const file = text?.file ?? pathOf(document);
  const byLine = new Map<number, TaskPlace[]>();
  for (const place of places) {
    if (!sameFile(file, place.file)) continue;
    const line = text?.lines ? text.lines.now(place.line) : place.line;
    // The text may have been shortened since it ran.
    if (line === undefined || line > document.lineCount) continue;
    byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  const found = new Map<State, DecorationOptions[]>();
  for (const [line, there] of byLine) {
    const [first] = there;
    const range = document.lineAt(line - 1).range;
    const mark = { range, renderOptions: { after: { contentText: tasksAtLineText(there, t) } } };
    found.set(first.state, [...(found.get(first.state) ?? []), mark]);
  }
  return found;
}

/** In an editor that shows the file already. @returns whether there is one */
function reveal({ file, line }: TaskPlace): boolean {
  const editor = window.visibleTextEditors.find(({ document }) => sameFile(pathOf(document), file));
  if (!editor) return false;
  if (line > editor.document.lineCount) return true;
  editor.revealRange(new Range(line - 1, 0, line - 1, 0), TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}
