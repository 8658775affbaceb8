import type { HostMessage, Rerun, RunStatus, ViewMessage } from '../src/core/protocol/messages';
import type { Translate } from '../src/core/translate';
import type { StopReason } from '../src/engines/engine';
import { shapesByFile, shapesOfText } from '../src/source/shapes/shapes';
import { dismissedHere, dismissHere } from '../webview/state/dismissed';
import { Bar } from './bar';
import { Editor } from './editor';
import { Frame } from './frame';
import { Input } from './input';
import { linkOf } from './link';
import { FILE, FOLDER, type HowToRun, isPython, LONGEST, requestOf } from './program';
import { Python } from './python';
import type { Sample } from './samples';

/** Milliseconds without a key after which live mode runs again. */
const PAUSE = 250;
const PROGRAM = 'program.py';

export interface Language {
  readonly locale: string;
  /** English → translation. */
  readonly words: Readonly<Record<string, string>>;
  readonly translate: Translate;
}

/** Editor and timeline side by side, and the Python between them. */
export class Playground {
  readonly #python: Python;
  readonly #bar: Bar;
  readonly #editor: Editor;
  readonly #frame: Frame;
  readonly #input: Input;
  #status: RunStatus = { state: 'empty' };
  #trace: Uint8Array<ArrayBuffer> | null = null;
  /** The text of the last run, and what it tells of how its awaits are written. */
  #ran = '';
  #shapes: HostMessage = { type: 'shapes', files: [] };
  #running = false;
  #live = false;
  #note: string | undefined;
  /** The text was changed while a run of live mode was under way. */
  #behind = false;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #edited = 0;

  constructor(
    body: HTMLElement,
    private readonly language: Language,
    samples: readonly Sample[],
  ) {
    const t = language.translate;
    this.#python = new Python(t);
    this.#input = new Input(t);
    this.#bar = new Bar(t, samples, {
      run: () => (this.#running ? this.#stop() : void this.run()),
      chose: ({ text }) => {
        this.#editor.text = text;
        void this.run();
      },
      link: () => void this.#copyLink(),
    });
    const code = document.createElement('main');
    this.#editor = new Editor(code, t('Python program'), {
      changed: () => this.#changed(),
      cursor: (line) => this.#frame.post({ type: 'cursor', file: FILE, line }),
    });
    this.#frame = new Frame(t('Timeline'), (message) => this.#receive(message));
    body.append(this.#bar.element, this.#input.element, code, this.#frame.element);
  }

  /** Shows this program, and runs it as soon as Python is there. */
  open(text: string): void {
    this.#editor.text = text;
    clearTimeout(this.#typing);
    void this.run();
  }

  /** @param edited when the text changed, where it is a run of live mode */
  async run(how: HowToRun = {}, edited?: number): Promise<void> {
    if (this.#running) {
      this.#behind = true;
      return;
    }
    const t = this.language.translate;
    const began = Date.now();
    const text = this.#editor.text;
    const again = edited !== undefined && this.#trace !== null;
    if (again && !isPython(text)) {
      this.#tellLive(t('This is not valid Python. The timeline still shows the last code that was.'));
      return;
    }
    const request = requestOf(text, how, t);
    if (typeof request === 'string') {
      if (again) this.#tellLive(request);
      else this.#show({ state: 'failed', program: PROGRAM, message: request, detail: '' }, null);
      return;
    }
    const planned = Date.now();
    this.#ran = text;
    this.#running = true;
    this.#bar.running(true);
    if (!again) this.#show({ state: 'running', program: PROGRAM, engine: '' }, null);
    try {
      this.#bar.say(t('Loading the embedded Python…'));
      const known = again ? this.#input.known() : undefined;
      const why = (reason: StopReason) =>
        reason === 'cancelled'
          ? t('{0} was cancelled.', PROGRAM)
          : t('{0} was stopped after {1} s, the limit of wall time.', PROGRAM, LONGEST);
      const asking = { ...request, ask: known?.ask ?? this.#input.asks() };
      const ended = await this.#python.run(asking, () => this.#bar.say(''), why);
      const ran = Date.now();
      const isUnknown = known?.missing() === true;
      const rerun = again ? { edited, began, planned, ran, sent: Date.now() } : undefined;
      if (isUnknown) {
        // The picture stays as it was.
      } else if (ended.failure !== undefined || ended.trace.length === 0)
        this.#fail(ended.failure ?? '', ended.stopped);
      else
        this.#show({ state: 'done', program: PROGRAM, engine: t('embedded Python'), reason: '' }, ended.trace, rerun);
      this.#tellLive(
        isUnknown ? t('It asks for input. Run it once and answer: live mode then uses your answers.') : undefined,
      );
    } catch (error) {
      this.#bar.say('');
      this.#fail(error instanceof Error ? error.message : String(error));
    }
    this.#running = false;
    this.#bar.running(false);
    if (this.#behind) {
      this.#behind = false;
      if (this.#live) void this.run({}, this.#edited);
    }
  }

  #fail(detail: string, why?: string): void {
    const message = why ?? this.language.translate('Python could not run the program.');
    this.#show({ state: 'failed', program: PROGRAM, message, detail }, null);
  }

  #stop(): void {
    this.#behind = false;
    this.#python.stop();
  }

  #changed(): void {
    this.#edited = Date.now();
    if (!this.#live) return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.run({}, this.#edited), PAUSE);
  }

  #setLive(on: boolean): void {
    this.#live = on;
    clearTimeout(this.#typing);
    this.#tellLive(undefined);
    if (on) void this.run({}, Date.now());
  }

  #tellLive(note: string | undefined): void {
    this.#note = note;
    this.#frame.post(this.#liveMessage());
  }

  #liveMessage(): HostMessage {
    const note = this.#note === undefined ? null : { text: this.#note, stale: true };
    return { type: 'live', live: { on: this.#live, available: true, note } };
  }

  #show(status: RunStatus, trace: Uint8Array<ArrayBuffer> | null, again?: Rerun): void {
    this.#shapes = { type: 'shapes', files: trace ? shapesByFile(shapesOfText(FILE, this.#ran)) : [] };
    this.#status = status;
    this.#trace = trace;
    if (!again) this.#editor.stand([]);
    this.#frame.post({ type: 'status', status, trace, ...(again ? { again } : {}) });
    if (trace) this.#frame.post(this.#shapes);
  }

  #receive(message: ViewMessage): void {
    if (message.type === 'ready') {
      const { locale, words } = this.language;
      const [status, trace] = [this.#status, this.#trace];
      this.#frame.post({
        type: 'hydrate',
        locale,
        words,
        status,
        trace,
        root: FOLDER,
        compact: false,
        dismissed: dismissedHere(),
      });
      this.#frame.post(this.#shapes);
      this.#frame.post(this.#liveMessage());
    } else if (message.type === 'open') this.#editor.show(message.line, message.column, message.focus);
    else if (message.type === 'playhead')
      this.#editor.stand((message.places ?? []).filter(({ file }) => file === FILE));
    else if (message.type === 'run') void this.run();
    else if (message.type === 'cancel') this.#stop();
    else if (message.type === 'copy') void navigator.clipboard.writeText(message.text);
    else if (message.type === 'dismiss') dismissHere(message.hint);
    else if (message.type === 'sample') void this.run();
    else if (message.type === 'whatIf') void this.run({ whatIf: message.changes });
    else if (message.type === 'ties') void this.run({ ties: message.order });
    else if (message.type === 'live') this.#setLive(message.on);
    else if (message.type === 'failure') console.error(message.message);
  }

  async #copyLink(): Promise<void> {
    const t = this.language.translate;
    const address = new URL(window.location.href);
    address.hash = await linkOf(this.#editor.text);
    window.history.replaceState(null, '', address);
    try {
      await navigator.clipboard.writeText(address.href);
      this.#bar.say(t('Link copied.'));
    } catch {
      this.#bar.say(t('The link is in the address bar.'));
    }
  }
}
