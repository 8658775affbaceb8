import { decodeHostMessage, type HostMessage, type ViewMessage } from '../../src/core/protocol/messages';

/** The other side: VS Code, or in an exported page the data that the page carries. */
export interface Host {
  post(message: ViewMessage): void;
  /** False in an exported page: nobody opens files or runs programs. */
  readonly live: boolean;
  /** What was kept of the page's own state, whoever wrote it. */
  recall(): unknown;
  keep(state: object): void;
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const DATA = 'coroscope-data';

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
    live: true,
    recall: () => api.getState(),
    keep: (state) => api.setState(state),
  };
}

function exported(receive: (message: HostMessage) => void): Host {
  document.documentElement.classList.add('exported');
  const page: Record<string, unknown> = JSON.parse(document.getElementById(DATA)?.textContent ?? '{}');
  const post = (message: ViewMessage) => {
    if (message.type !== 'ready') return;
    const trace = typeof page.trace === 'string' ? fromBase64(page.trace) : null;
    const status = trace ? { state: 'done', program: '', engine: '', reason: '' } : { state: 'empty' };
    const { locale = 'en', words = {}, root = '' } = page;
    const decoded = decodeHostMessage({ type: 'hydrate', locale, words, root, trace, status, compact: false });
    if (decoded.type !== 'invalid') receive(decoded);
    if (typeof page.beside !== 'string') return;
    const beside = { trace: fromBase64(page.beside), label: page.besideLabel };
    const compared = decodeHostMessage({ type: 'beside', beside });
    if (compared.type !== 'invalid') receive(compared);
  };
  return { post, live: false, recall: () => undefined, keep: () => {} };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
