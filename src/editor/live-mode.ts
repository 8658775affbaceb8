import {
  commands,
  type Disposable,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  type TextDocumentChangeEvent,
  window,
  workspace,
} from 'vscode';
import type { HostMessage, LiveState } from '../core/messages';
import type { LivePython } from '../engines/live/python';
import { movedOrigin } from './moved-target';
import { notebookOf } from './paths';
import type { Recorded } from './recording';
import type { Origin } from './target';
import { t } from './translate';
import { trusted } from './trust';

/** How long the text must rest (ms): at least so long that the keys of one stroke come together, longer for programs that take long. */
const LEAST_REST = 20;
const MOST_REST = 250;
/** Loading Python takes seconds; what takes less is not worth a word (ms). */
const UNSAID = 300;

interface LiveParts {
  readonly assets: string;
  readonly recorded: Recorded;
  /** To every view that is open. */
  send(message: HostMessage): void;
  failed(message: string): void;
}

/** Runs the program that is shown again with every change of its text, without a trace in history or notifications. */
export class LiveMode implements Disposable {
  #on = false;
  #python: LivePython | undefined;
  /** What is run, where it stands now; and as it was when it was last recorded. */
  #origin: Origin | undefined;
  #recordedOrigin: Origin | undefined;
  #running: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** How long a run took lately (ms). */
  #cost = 0;
  #note: LiveState['note'] = null;
  #told = '';
  #status: StatusBarItem | undefined;
  readonly #subscriptions: readonly Disposable[];

  constructor(private readonly parts: LiveParts) {
    this.#subscriptions = [
      workspace.onDidChangeTextDocument((event) => this.#changed(event)),
      parts.recorded.onDidChange(() => this.#recorded()),
      workspace.onDidGrantWorkspaceTrust(() => this.#tell()),
    ];
  }

  get state(): LiveState {
    return { on: this.#on, available: this.#origin !== undefined && workspace.isTrusted, note: this.#note };
  }

  get on(): boolean {
    return this.#on;
  }

  async turn(on: boolean): Promise<void> {
    if (on === this.#on || (on && !(await trusted()))) return;
    this.#on = on;
    this.#note = null;
    if (on) await this.#begin();
    else this.#end();
    this.#tell();
  }

  dispose(): void {
    this.#on = false;
    this.#end();
    this.#status?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #begin(): Promise<void> {
    this.#tell();
    const { LivePython } = await import('../engines/live/python');
    if (!this.#on || this.#python) return;
    this.#python = new LivePython(this.parts.assets, t);
    const loading = setTimeout(() => this.#say(t('Loading the embedded Python …'), false), UNSAID);
    const loaded = () => {
      clearTimeout(loading);
      if (this.#note?.stale === false) this.#say(undefined);
    };
    this.#python.warm().then(loaded, (error: Error) => {
      clearTimeout(loading);
      this.#say(error.message, false);
    });
    this.#catchUp();
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = undefined;
    this.#python?.dispose();
    this.#python = undefined;
  }

  #changed({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (!this.#origin || contentChanges.length === 0) return;
    const own = document === this.#origin.target.document;
    if (own) this.#origin = movedOrigin(this.#origin, contentChanges);
    if (this.#on && (own || isBeside(document, this.#origin.target.document))) this.#schedule();
  }

  #recorded(): void {
    const { origin, status, again } = this.parts.recorded.current;
    if (origin !== this.#recordedOrigin) this.#recordedOrigin = this.#origin = origin;
    if (!again && this.#on) {
      this.#running?.abort();
      clearTimeout(this.#timer);
      this.#note = null;
      if (status.state !== 'running') this.#catchUp();
    }
    this.#tell();
  }

  /** The text may have changed while nobody looked. */
  #catchUp(): void {
    const { source, status } = this.parts.recorded.current;
    const document = this.#origin?.target.document;
    if (document && !document.isClosed && status.state !== 'running' && document.getText() !== source) this.#schedule();
  }

  #schedule(): void {
    const edited = Date.now();
    this.#running?.abort();
    clearTimeout(this.#timer);
    const rest = Math.min(MOST_REST, Math.max(LEAST_REST, this.#cost / 2));
    this.#timer = setTimeout(() => void this.#run(edited), rest);
  }

  async #run(edited: number): Promise<void> {
    const python = this.#python;
    const origin = this.#origin;
    const { recorded, assets } = this.parts;
    // A run that was asked for goes to its end; what was typed meanwhile comes then.
    if (!python || !origin || recorded.current.status.state === 'running') return;
    const running = new AbortController();
    this.#running = running;
    const began = Date.now();
    let obstacle: string | undefined;
    try {
      const { runAgain } = await import('./live-run');
      obstacle = await runAgain(origin, { recorded, python, assets }, edited, running.signal);
    } catch (error) {
      obstacle = error instanceof Error ? error.message : String(error);
      if (!running.signal.aborted && !(error instanceof Error && error.name === 'EngineError'))
        this.parts.failed(error instanceof Error ? (error.stack ?? obstacle) : obstacle);
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    if (running.signal.aborted) return;
    this.#cost = (this.#cost + Date.now() - began) / 2;
    this.#say(obstacle);
  }

  #say(text: string | undefined, stale = true): void {
    this.#note = text === undefined ? null : { text, stale };
    this.#tell();
  }

  /** Views, `when` clauses and the status bar, each only of what has changed. */
  #tell(): void {
    const { state } = this;
    const told = JSON.stringify(state);
    if (told === this.#told) return;
    this.#told = told;
    this.parts.send({ type: 'live', live: state });
    commands.executeCommand('setContext', 'coroscope.live', state.on);
    commands.executeCommand('setContext', 'coroscope.liveAvailable', state.available);
    this.#showStatus(state);
  }

  #showStatus({ on, note }: LiveState): void {
    if (!on) {
      this.#status?.hide();
      return;
    }
    if (!this.#status) {
      this.#status = window.createStatusBarItem('coroscope.live', StatusBarAlignment.Right, 90);
      this.#status.name = t('Coroscope: live mode');
      this.#status.command = 'coroscope.liveOff';
    }
    this.#status.text = `$(${note?.stale ? 'warning' : 'zap'}) ${t('Live')}`;
    const follows = note?.text ?? t('The timeline follows what you type.');
    this.#status.tooltip = `${follows}\n${t('Click to turn it off.')}`;
    this.#status.accessibilityInformation = { label: `${t('Coroscope: live mode')}. ${follows}`, role: 'button' };
    this.#status.show();
  }
}

/** Cells of one notebook lend each other names. */
function isBeside(document: TextDocument, other: TextDocument): boolean {
  const notebook = notebookOf(document);
  return notebook !== undefined && notebook === notebookOf(other);
}
