import { decodeHostMessage, type HostMessage, type ViewMessage } from '../../src/core/protocol/messages';
import type { SourceText } from '../../src/core/protocol/source-text';
import { dismissedHere, dismissHere } from './dismissed';
import { unpacked } from './unpack';

/** Shows source in a page without VS Code. */
export interface Editor {
  hold(sources: readonly SourceText[]): void;
  holds(file: string): boolean;
  receive(message: ViewMessage): void;
}

/** The other side of the protocol: VS Code; in an exported page, the data of the page. */
export interface Host {
  post(message: ViewMessage): void;
  /** Puts a text into the clipboard. @returns whether it may */
  copy(text: string): Promise<boolean>;
  /** False in an exported page, which cannot run programs. */
  readonly live: boolean;
  /** The page's persisted state. It is not validated. */
  recall(): unknown;
  keep(state: object): void;
  /** Sets what shows source in an exported page; ignored in VS Code. */
  setEditor(editor: Editor): void;
  /** Whether the page itself has the source of a file, even of one without a path, like `<string>`. */
  holds(file: string): boolean;
}

/** What stands in the place of data that a page has itself, where the command serves it (`serve.ts`). */
export interface Served {
  /** The page is ready: tells what there is, then what comes. */
  begin(deliver: (message: unknown) => void, hold: (sources: readonly SourceText[]) => void): void;
  /** The page has what was appended. */
  read(): void;
  /** Stops the program. */
  cancel(): void;
}
declare global {
  interface Window {
    coroscopeServed?: Served;
  }
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const DATA = 'coroscope-data';
const PAGE = 'coroscope-page';

export function connect(receive: (message: HostMessage) => void): Host {
  if (typeof acquireVsCodeApi === 'undefined') return exported(receive);
  const api = acquireVsCodeApi();
  const post = (message: ViewMessage) => api.postMessage(message);
  window.addEventListener('message', ({ data }) => {
    const message = decodeHostMessage(data);
    if (message.type === 'invalid') post({ type: 'failure', message: `Message from the host: ${message.why}` });
    else receive(message);
  });
  window.addEventListener('error', ({ message }) => post({ type: 'failure', message }));
  window.addEventListener('unhandledrejection', ({ reason }) => post({ type: 'failure', message: String(reason) }));
  return {
    post,
    copy: async (text) => {
      post({ type: 'copy', text });
      return true;
    },
    live: true,
    recall: () => api.getState(),
    keep: (state) => api.setState(state),
    setEditor: () => {},
    holds: () => false,
  };
}

/** The data that `src/export/html.ts` puts into a page. Texts and traces are packed. */
interface PageData {
  readonly about: string;
  readonly trace: readonly string[];
  readonly older?: readonly string[];
}

/** The file was changed or cut, so not even the language of its messages may be known. */
function sayDamaged(): void {
  const page = JSON.parse(document.getElementById(PAGE)?.textContent ?? '{}');
  const blank = document.createElement('section');
  blank.className = 'blank';
  blank.textContent = String(page.damaged ?? '');
  document.body.replaceChildren(blank);
}

function exported(receive: (message: HostMessage) => void): Host {
  document.documentElement.classList.add('exported');
  let editor: Editor | undefined;
  const { coroscopeServed: served } = window;
  const hydrate = async () => {
    const data: PageData = JSON.parse(document.getElementById(DATA)!.textContent!);
    const about = JSON.parse(new TextDecoder().decode(await unpacked([data.about])));
    const { locale, words, root, sources = [], shapes = [], olderLabel } = about;
    editor?.hold(sources);
    const trace = await unpacked(data.trace);
    const status = { state: 'done', program: '', engine: '', reason: '' };
    deliver({ type: 'hydrate', locale, words, root, trace, status, compact: false, dismissed: dismissedHere() });
    deliver({ type: 'shapes', files: shapes });
    if (data.older) deliver({ type: 'older', older: { trace: await unpacked(data.older), label: olderLabel } });
  };
  const deliver = (message: unknown) => {
    const decoded = decodeHostMessage(message);
    if (decoded.type !== 'invalid') receive(decoded);
  };
  return {
    post: (message) => {
      if (message.type === 'ready' && served) served.begin(deliver, (sources) => editor?.hold(sources));
      else if (message.type === 'ready') void hydrate().catch(sayDamaged);
      else if (message.type === 'read') served?.read();
      else if (message.type === 'cancel') served?.cancel();
      else if (message.type === 'dismiss') dismissHere(message.hint);
      else editor?.receive(message);
    },
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
    live: false,
    recall: () => undefined,
    keep: () => {},
    setEditor: (by) => {
      editor = by;
    },
    holds: (file) => editor?.holds(file) ?? false,
  };
}
