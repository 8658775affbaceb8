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
import type { HostMessage, LiveState } from '../../core/protocol/messages';
import { notebookOf } from '../documents/paths';
import { trusted } from '../engine/trust';
import { host, type LiveEngine } from '../host/host';
import { movedOrigin } from '../program/moved-target';
import type { Origin } from '../program/target';
import type { Recorded } from '../recording/recording';
import { t } from '../words/translate';
import type { InputAnswers } from './input-answers';
import type { Outcome } from './live-run';

/** A program that takes at most this long runs with every change at once; for others, typing must pause for up to the second value (ms). */
const QUICK = 200;
const MOST_REST = 250;
/** A half-typed word is an error, too: show errors only after this long (ms). */
const PATIENCE = 350;
/** Say that Python is loading only if it takes longer than this (ms). */
const UNSAID = 300;

interface LiveParts {
  readonly recorded: Recorded;
  readonly answers: InputAnswers;
  /** Sends a message to every open view. */
  send(message: HostMessage): void;
  failed(message: string): void;
}

/** Runs the current program again with every change of its text. These runs do not go into the history, and show no notifications. */
export class LiveMode implements Disposable {
  #on = false;
  #python: LiveEngine | undefined;
  /** The target at its current position, and as it was when last recorded. */
  #origin: Origin | undefined;
  #recordedOrigin: Origin | undefined;
  #running: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The run that is shown ended with an exception. */
  #fails = false;
  /** Duration of recent runs (ms). */
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

  /** The current recording's origin, at its current position in the document. */
  get origin(): Origin | undefined {
    return this.#origin;
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
    const python = await host().engines.live(t);
    if (!this.#on || this.#python) {
      python.dispose();
      return;
    }
    this.#python = python;
    const loading = setTimeout(() => this.#say(t('Loading the embedded Python…'), false), UNSAID);
    const loaded = () => {
      clearTimeout(loading);
      if (this.#note?.stale === false) this.#say(undefined);
    };
    python.warm().then(loaded, (error: Error) => {
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
      this.#fails = false;
      if (status.state !== 'running') this.#catchUp();
    }
    this.#tell();
  }

  /** The text may have changed in the meantime. */
  #catchUp(): void {
    const { source, status } = this.parts.recorded.current;
    const document = this.#origin?.target.document;
    if (document && !document.isClosed && status.state !== 'running' && document.getText() !== source) this.#schedule();
  }

  #schedule(): void {
    const edited = Date.now();
    this.#running?.abort();
    clearTimeout(this.#timer);
    if (this.#cost <= QUICK) void this.#run(edited);
    else this.#timer = setTimeout(() => void this.#run(edited), Math.min(MOST_REST, this.#cost / 2));
  }

  async #run(edited: number): Promise<void> {
    const python = this.#python;
    const origin = this.#origin;
    const { recorded, answers } = this.parts;
    // Do not interrupt a run that the user started; run the edits afterwards.
    if (!python || !origin || recorded.current.status.state === 'running') return;
    const running = new AbortController();
    this.#running = running;
    const began = Date.now();
    let outcome: Outcome | undefined;
    try {
      const { runAgain } = await import('./live-run');
      outcome = await runAgain(origin, { python, recorded, answers }, edited, running.signal);
    } catch (error) {
      outcome = { obstacle: error instanceof Error ? error.message : String(error) };
      if (!running.signal.aborted && !(error instanceof Error && error.name === 'EngineError'))
        this.parts.failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (this.#running !== running) return;
    this.#running = undefined;
    if (running.signal.aborted || !outcome) return;
    this.#cost = (this.#cost + Date.now() - began) / 2;
    this.#take(outcome, edited);
  }

  /** Shows the result: success at once, errors after a pause in typing, unless they are shown already. */
  #take(outcome: Outcome, edited: number): void {
    const bad = 'obstacle' in outcome || outcome.fails;
    const known = 'obstacle' in outcome ? this.#note?.stale : this.#fails;
    const show = () => {
      if ('obstacle' in outcome) {
        this.#say(outcome.obstacle);
        return;
      }
      const { recording, timeline, fails } = outcome;
      const { again } = recording;
      this.#fails = fails;
      this.parts.recorded.set({ ...recording, again: again && { ...again, sent: Date.now() } }, timeline);
      this.#say(undefined);
    };
    if (bad && !known) this.#timer = setTimeout(show, edited + PATIENCE - Date.now());
    else show();
  }

  #say(text: string | undefined, stale = true): void {
    this.#note = text === undefined ? null : { text, stale };
    this.#tell();
  }

  /** Updates views, context keys and the status bar, each only if it has changed. */
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

/** Cells of one notebook can use each other's names. */
function isBeside(document: TextDocument, other: TextDocument): boolean {
  const notebook = notebookOf(document);
  return notebook !== undefined && notebook === notebookOf(other);
}
