import {
  type DecorationOptions,
  Disposable,
  type Event,
  EventEmitter,
  InlayHint,
  type InlayHintsProvider,
  languages,
  Position,
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import type { Stay, Visits } from '../../core/places/visits';
import type { Timeline } from '../../core/timeline/model';
import type { Site } from '../../core/trace/records';
import { formatDuration } from '../../core/units';
import type { RunText, RunTexts } from '../recording/run-texts';
import { t } from '../words/translate';
import { canRun } from './site-runs';

/** Levels of emphasis by the share of the run's waiting time. */
const LEVELS = [
  { from: 0.4, color: 'coroscope.longWaitForeground' },
  { from: 0.1, color: 'coroscope.waitForeground' },
  { from: 0, color: 'coroscope.shortWaitForeground' },
] as const;

/** Loaded when there is a run to show the times of. */
const counting = () => import('./site-run-parts');

const SELECTOR = [{ language: 'python' }, { language: 'markdown' }];

interface LastRun {
  /** Of a run that is over. */
  timeline(): Timeline | undefined;
  readonly onDidChange: Event<unknown>;
}

/**
 * How often and how long the awaits of a document suspended in the last run: at the ends of their lines, or behind each await.
 * A line that was edited since shows nothing.
 */
export class InlineTimes implements InlayHintsProvider, Disposable {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changes.event;
  readonly #subscriptions: Disposable;
  #types: readonly TextEditorDecorationType[] | undefined;
  /** Decorations of each editor, by level. VS Code itself moves them while the user types in a line. */
  readonly #told = new WeakMap<TextEditor, readonly string[]>();
  #isPlaying = false;
  #counting: Awaited<ReturnType<typeof counting>> | undefined;

  constructor(
    private readonly run: LastRun,
    private readonly texts: RunTexts,
  ) {
    const again = () => void this.#refresh();
    this.#subscriptions = Disposable.from(
      this.#changes,
      run.onDidChange(again),
      window.onDidChangeVisibleTextEditors(again),
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('coroscope.inlineTimes')) again();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (!canRun(document)) return;
        if (contentChanges.some(({ text, range }) => text.includes('\n') || !range.isSingleLine))
          this.#forget(document);
        this.#show(document, this.texts.known(document));
      }),
      languages.registerInlayHintsProvider(SELECTOR, this),
    );
  }

  /** There is only room for one text at the end of a line: during playback, the tasks there. */
  makeRoom(isPlaying: boolean): void {
    if (this.#isPlaying === isPlaying) return;
    this.#isPlaying = isPlaying;
    void this.#refresh();
  }

  dispose(): void {
    Disposable.from(this.#subscriptions, ...(this.#types ?? [])).dispose();
  }

  async provideInlayHints(document: TextDocument, range: Range): Promise<InlayHint[]> {
    const timeline = this.run.timeline();
    if (!timeline || settingOf(document) !== 'inlay') return [];
    const text = await this.texts.of(document);
    if (!text?.lines) return [];
    const { visitsOf } = await counting();
    return [...visitsOf(timeline).byAwait(text.file)].flatMap(([site, stay]) => {
      const line = lineNow(document, text, site.line);
      if (line === undefined || line < range.start.line || line > range.end.line) return [];
      const hint = new InlayHint(new Position(line, columnOf(document, line, site)), stayText(stay));
      hint.paddingLeft = true;
      hint.tooltip = t('How long tasks were suspended here in the last run, in all, and how often.');
      return [hint];
    });
  }

  async #refresh(): Promise<void> {
    this.#changes.fire();
    if (this.run.timeline()) this.#counting ??= await counting();
    for (const { document } of window.visibleTextEditors) {
      if (!canRun(document)) continue;
      const text = this.run.timeline() && (await this.texts.of(document));
      this.#show(document, text);
    }
  }

  #show(document: TextDocument, text: RunText | undefined): void {
    const timeline = this.run.timeline();
    const wanted = timeline && text?.lines && !this.#isPlaying && settingOf(document) === 'endOfLine';
    const visits = wanted && this.#counting?.visitsOf(timeline);
    const marks = visits ? this.#marks(document, text, visits) : [];
    // Made when first needed: most windows never run anything.
    if (!this.#types && marks.length === 0) return;
    this.#types ??= LEVELS.map(({ color }) =>
      window.createTextEditorDecorationType({ after: { color: new ThemeColor(color), margin: '0 0 0 2em' } }),
    );
    for (const editor of window.visibleTextEditors) {
      if (editor.document !== document) continue;
      const before = this.#told.get(editor);
      const now = this.#types.map((_, level) => (marks[level]?.length ? JSON.stringify(marks[level]) : ''));
      // Avoid a message to the window with every keystroke.
      for (const [level, type] of this.#types.entries())
        if (now[level] !== (before?.[level] ?? '')) editor.setDecorations(type, marks[level] ?? []);
      this.#told.set(editor, now);
    }
  }

  /** Lines were added or removed: the remembered decorations are outdated. */
  #forget(document: TextDocument): void {
    for (const editor of window.visibleTextEditors) {
      const told = this.#told.get(editor);
      if (editor.document === document && told)
        this.#told.set(
          editor,
          told.map((marks) => (marks ? '?' : '')),
        );
    }
  }

  /** By level. */
  #marks(document: TextDocument, text: RunText, visits: Visits): DecorationOptions[][] {
    const whole = visits.whole.total;
    const marks: DecorationOptions[][] = LEVELS.map(() => []);
    for (const [then, stay] of visits.byLine(text.file)) {
      const line = lineNow(document, text, then);
      if (line === undefined) continue;
      const share = whole > 0 ? stay.total / whole : 0;
      const level = LEVELS.findIndex(({ from }) => share >= from);
      const { end } = document.lineAt(line).range;
      marks[level].push({ range: new Range(end, end), renderOptions: { after: { contentText: stayText(stay) } } });
    }
    return marks;
  }
}

function settingOf(document: TextDocument): string {
  return workspace.getConfiguration('coroscope', document).get('inlineTimes', 'endOfLine');
}

/** From 0; nothing if the line is gone, or says something else. */
function lineNow(document: TextDocument, { lines }: RunText, then: number): number | undefined {
  const now = lines?.now(then);
  if (now === undefined || now > document.lineCount) return undefined;
  return document.lineAt(now - 1).text === lines?.textBefore(then) ? now - 1 : undefined;
}

/** Behind the await; a statement ends far below its first line, so for those it is the end of the line. */
function columnOf(document: TextDocument, line: number, { role, line: first, endLine, endColumn }: Site): number {
  const { length } = document.lineAt(line).text;
  return role || endLine !== first || endColumn === null ? length : Math.min(endColumn, length);
}

/** `waited 5 s · 2×` */
function stayText({ count, total }: Stay): string {
  const text = t('waited {0}', formatDuration(total));
  return count > 1 ? `${text} · ${count}×` : text;
}
