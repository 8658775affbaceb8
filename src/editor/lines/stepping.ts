import { commands, Disposable, type TextDocument, window } from 'vscode';
import { sameFile } from '../../core/places/same-file';
import type { HostMessage, PlayheadMove } from '../../core/protocol/messages';
import type { Timeline } from '../../core/timeline/model';
import { lineMap } from '../../source/line-map';
import { pathOf } from '../documents/paths';
import type { Recorded } from '../recording/recording';
import { t } from '../words/translate';

/** Commands, and the move of the playhead for each. */
const MOVES: Readonly<Record<string, PlayheadMove>> = {
  stepOn: 'stepOn',
  stepBack: 'stepBack',
  stepOnAtLine: 'lineOn',
  stepBackAtLine: 'lineBack',
  play: 'play',
  putPlayheadAway: 'putAway',
};

interface SteppingParts {
  readonly recorded: Recorded;
  /** Opens the timeline if none is open. */
  show(): void;
  /** Sends a message to every open view. */
  send(message: HostMessage): void;
}

/** Steps through the current run with the keyboard, in the editor of its code. */
export class Stepping implements Disposable {
  #views = 0;
  /** Files of the run that is shown, as its frames say them. */
  #files: readonly string[] = [];
  #of: Timeline | undefined;
  #told: boolean | undefined;
  readonly #subscriptions: Disposable;

  constructor(private readonly parts: SteppingParts) {
    this.#subscriptions = Disposable.from(
      ...Object.entries(MOVES).map(([name, move]) =>
        commands.registerCommand(`coroscope.${name}`, () => this.#move(move)),
      ),
      commands.registerCommand('coroscope.predict', () => this.#send({ type: 'predict' })),
      commands.registerCommand('coroscope.why', () => this.#send({ type: 'why' })),
      parts.recorded.onDidChange(() => this.#tell()),
      window.onDidChangeActiveTextEditor(() => this.#tell()),
    );
  }

  /** A view of the timeline was opened or closed. */
  counted(change: 1 | -1): void {
    this.#views += change;
    this.#tell();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #move(move: PlayheadMove): Promise<void> {
    const atLine = move === 'lineOn' || move === 'lineBack';
    const at = atLine ? await this.#line() : null;
    if (at === undefined) return;
    this.#send({ type: 'move', move, at });
  }

  #send(message: HostMessage): void {
    if (this.#views === 0) this.parts.show();
    this.parts.send(message);
  }

  /** The line of the cursor in the text as it was run. Undefined: nothing happened there, and the user was told. */
  async #line(): Promise<{ file: string; line: number } | undefined> {
    const editor = window.activeTextEditor;
    const file = editor && this.#fileOf(editor.document);
    const timeline = this.#timeline();
    if (!editor || !file || !timeline) return undefined;
    const { turnsAtLine } = await import('../../core/places/line-events');
    const { source, file: program } = this.parts.recorded.current;
    const text = editor.document.getText();
    const shown = editor.selection.active.line + 1;
    const before = source !== undefined && sameFile(program, pathOf(editor.document)) ? source : text;
    const line = lineMap(before, text)(shown);
    if (line !== undefined && turnsAtLine(timeline, file, line).length > 0) return { file, line };
    window.setStatusBarMessage(t('Nothing happened at line {0} in this run.', shown), 3000);
    return undefined;
  }

  #fileOf(document: TextDocument): string | undefined {
    const path = pathOf(document);
    return this.#files.find((file) => sameFile(path, file));
  }

  /** The keys only work in code of the current run. */
  #tell(): void {
    const timeline = this.#views > 0 ? this.#timeline() : undefined;
    if (timeline !== this.#of) {
      this.#of = timeline;
      this.#files = timeline ? filesOf(timeline) : [];
    }
    const editor = window.activeTextEditor;
    const inRun = editor !== undefined && this.#fileOf(editor.document) !== undefined;
    if (inRun === this.#told) return;
    this.#told = inRun;
    commands.executeCommand('setContext', 'coroscope.editorInRun', inRun);
  }

  #timeline(): Timeline | undefined {
    try {
      return this.parts.recorded.timeline();
    } catch {
      // The panel says what is wrong with the trace.
      return undefined;
    }
  }
}

function filesOf({ sites, tasks }: Timeline): string[] {
  const codes = [...sites.map((site) => site?.code), ...tasks.map(({ code }) => code)];
  return [...new Set(codes.flatMap((code) => (code?.user ? [code.file] : [])))];
}
