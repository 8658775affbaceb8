import { Disposable, env, Uri, type Webview, workspace } from 'vscode';
import type { HintName, HostMessage, ViewMessage } from '../../core/protocol/messages';
import { isStored, loadReader, type OlderRun, type Recorded, type Recording } from '../recording/recording';
import type { Catalogue } from '../words/catalogue';
import { t } from '../words/translate';
import { page } from './page';
import { inMemory, PIECE, TraceStream } from './trace-stream';

let decoder: Promise<typeof import('../../core/protocol/messages')> | undefined;

/** Loaded with the first page. One promise for all messages, so that they are handled in order. */
function messages(): Promise<typeof import('../../core/protocol/messages')> {
  decoder ??= import('../../core/protocol/messages');
  return decoder;
}

/** In bytes. A larger trace is sent in pieces, after the message that announces it. */
const SMALL = 1 << 20;
/** Messages that refer to a trace must wait until all of it has been sent. */
const OF_A_TRACE: ReadonlySet<HostMessage['type']> = new Set([
  'shapes',
  'older',
  'reveal',
  'moment',
  'why',
  'cursor',
  'move',
  'predict',
]);

export interface SurfaceParts {
  readonly assets: Uri;
  readonly catalogue: Catalogue;
  readonly recorded: Recorded;
  /** Handlers for what the view asks for. */
  receive(message: Exclude<ViewMessage, { type: 'ready' | 'read' | 'alone' | 'copy' }>): void;
  failed(message: string): void;
  /** More messages for a page that has just loaded. */
  greeting(): HostMessage[];
  /** Hints that the user has dismissed. */
  dismissed(): readonly HintName[];
  /** A page was opened or closed. */
  counted(change: 1 | -1): void;
}

/**
 * Ties one webview to the recording. The view says `ready` whenever its page has loaded (first, after being hidden, after a move),
 * and gets the complete state; from then on it gets the changes.
 */
export class Surface {
  readonly #subscriptions: Disposable;
  readonly #stream = new TraceStream(
    (bytes) => this.#send({ type: 'append', bytes }),
    (error) => (error === undefined ? this.#sendLater() : void this.#sayUnreadable(error)),
  );
  /** Messages to send when all of the trace has been sent. */
  #later: (HostMessage | (() => void))[] = [];
  #ready = false;
  #gone = false;
  /** The older run that the page shows. */
  #older: OlderRun | undefined;
  /** How many older runs were sent, or put away: the parts of one end when there is another. */
  #olders = 0;
  /** Messages to send when the page is ready. */
  #waiting: HostMessage[] = [];

  constructor(
    private readonly webview: Webview,
    private readonly compact: boolean,
    private readonly parts: SurfaceParts,
  ) {
    webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(parts.assets, 'webview')] };
    this.#subscriptions = Disposable.from(
      webview.onDidReceiveMessage((data) => void this.#receive(data)),
      parts.recorded.onDidShow((recording) => {
        if (!this.#ready) return;
        const { status, again, older } = recording;
        // The same run continues; only its engine has become known.
        const isRunning = status.state === 'running' && status.engine !== '';
        this.#send({ type: 'status', status, again, ...(isRunning ? { trace: null } : this.#carried(recording)) });
        // A run that continues the one before keeps the run to compare with.
        if (older && !(again && older === this.#older)) this.#postOlder(older);
        this.#older = older;
      }),
      parts.recorded.onDidCompare((older) => {
        if (this.#ready) this.#postOlder(older);
        this.#older = older;
      }),
      parts.recorded.onDidAppend((bytes) => {
        if (this.#ready) this.#stream.add(bytes);
      }),
      parts.recorded.onDidFollow(() => void this.#tellShapes()),
      workspace.onDidGrantWorkspaceTrust(() => this.#ready && void this.#hydrate()),
    );
    void messages();
    webview.html = page(webview, parts.assets, env.language);
    parts.counted(1);
  }

  dispose(): void {
    this.#gone = true;
    // Without the page there is no playhead.
    this.parts.receive({ type: 'playhead', places: null, turn: null });
    this.parts.counted(-1);
    this.#subscriptions.dispose();
  }

  /** Sends a message as soon as the page can take it. */
  send(message: HostMessage): void {
    if (this.#ready) this.#post(message);
    else this.#waiting.push(message);
  }

  async #receive(data: unknown): Promise<void> {
    const { decodeViewMessage } = await messages();
    if (this.#gone) return;
    const message = decodeViewMessage(data);
    if (message.type === 'invalid') this.parts.failed(`message from the view: ${message.why}`);
    else if (message.type === 'ready') await this.#hydrate();
    else if (message.type === 'read') this.#stream.received();
    // The recording that this view shows, which need not be the last run.
    else if (message.type === 'alone') this.parts.recorded.compareWith(undefined);
    else if (message.type === 'copy') void env.clipboard.writeText(message.text);
    else this.parts.receive(message);
  }

  async #hydrate(): Promise<void> {
    const words = await this.parts.catalogue.words();
    const { current, soFar } = this.parts.recorded;
    this.#stream.clear();
    this.#send({
      ...hydration(current, this.#carried(current), words, this.compact),
      dismissed: [...this.parts.dismissed()],
      restricted: !workspace.isTrusted,
    });
    // From here on it gets appended bytes, without a gap.
    if (current.status.state === 'running' && soFar) this.#stream.add(soFar);
    this.#ready = true;
    if (current.older) this.#postOlder(current.older);
    this.#older = current.older;
    void this.#tellShapes();
    for (const message of [...this.parts.greeting(), ...this.#waiting.splice(0)]) this.#post(message);
  }

  /** Reads the sources of a run that is over: the picture does not wait for that. */
  async #tellShapes(): Promise<void> {
    const { recorded } = this.parts;
    const { current } = recorded;
    if (!this.#ready || current.status.state !== 'done' || !current.trace) return;
    const [{ shapesFor }] = await Promise.all([import('../recording/advised'), loadReader()]);
    const files = shapesFor(recorded);
    if (files.length > 0 && !this.#gone && recorded.current === current) this.#post({ type: 'shapes', files });
  }

  /** How a trace comes to the page: with the message that tells of it, or in pieces after it. */
  #carried({ trace }: Recording): Pick<HostMessage & { type: 'status' }, 'trace' | 'coming'> {
    this.#later = this.#later.filter((each) => typeof each !== 'function' && each.type === 'cursor');
    if (!trace || (!isStored(trace) && trace.length <= SMALL)) {
      this.#stream.clear();
      this.#sendLater();
      return { trace: trace ?? null };
    }
    return { trace: null, coming: { from: this.#stream.finish(trace), length: trace.length } };
  }

  #post(message: HostMessage): void {
    if (this.#stream.finishing && OF_A_TRACE.has(message.type)) this.#later.push(message);
    else this.#send(message);
  }

  #postOlder(older: OlderRun | undefined): void {
    const nth = ++this.#olders;
    if (!older) this.#post({ type: 'older', older: null });
    else if (this.#stream.finishing) this.#later.push(() => void this.#sendOlder(older, nth));
    else void this.#sendOlder(older, nth);
  }

  /** A large trace is sent a part at a time, the next when the window has the last. */
  async #sendOlder({ trace, label }: OlderRun, nth: number): Promise<void> {
    const source = isStored(trace) ? trace : inMemory(trace);
    const { length } = source;
    try {
      for (let from = 0; from < length && nth === this.#olders && !this.#gone; from += PIECE) {
        const part = new Uint8Array(source.bytes(from, Math.min(PIECE, length - from)));
        const message: HostMessage = { type: 'older', older: { trace: part, label, part: { from, length } } };
        await this.webview.postMessage(message);
      }
    } catch (error) {
      this.parts.failed(String(error));
    }
  }

  /** The file has changed since it was opened. */
  async #sayUnreadable(error: unknown): Promise<void> {
    const { errorText } = await import('../../core/trace/trace-error');
    this.#later = [];
    const { status } = this.parts.recorded.current;
    const program = status.state === 'empty' ? '' : status.program;
    const [message, detail] = [t('This trace cannot be shown'), errorText(error, t)];
    this.#send({ type: 'status', status: { state: 'failed', program, message, detail }, trace: null });
  }

  #sendLater(): void {
    for (const each of this.#later.splice(0)) {
      if (typeof each === 'function') each();
      else this.#send(each);
    }
  }

  #send(message: HostMessage): void {
    // Fails only if the webview was closed.
    this.webview.postMessage(message).then(undefined, () => {});
  }
}

function hydration(
  { status, root }: Recording,
  carried: Pick<HostMessage & { type: 'hydrate' }, 'trace' | 'coming'>,
  words: Record<string, string>,
  compact: boolean,
): Extract<HostMessage, { type: 'hydrate' }> {
  return { type: 'hydrate', locale: env.language, words, status, ...carried, root, compact };
}
