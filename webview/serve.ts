import type { HostMessage } from '../src/core/protocol/messages';
import type { SourceText } from '../src/core/protocol/source-text';
import type { Served } from './state/host';

/** In a page that the command serves, before the panel's own script: what its host is elsewhere. The trace is fetched as it grows. */

/** As in `src/cli/serve/served.ts`; the panel decodes what becomes a message. */
interface Standing {
  readonly status: unknown;
  readonly length: number;
  readonly complete: boolean;
  readonly changed: boolean;
}

/** Bytes to ask for at once. */
const PIECE = 1 << 20;

class ServedTrace implements Served {
  #deliver: (message: unknown) => void = () => {};
  #hold: (sources: readonly SourceText[]) => void = () => {};
  /** The newest that is known. */
  #standing: Standing | undefined;
  #received = 0;
  /** The panel is told that the trace is complete, and gets the rest. */
  #ending = false;
  #busy = false;

  begin(deliver: (message: unknown) => void, hold: (sources: readonly SourceText[]) => void): void {
    this.#deliver = deliver;
    this.#hold = hold;
    void this.#hydrate();
  }

  read(): void {
    this.#busy = false;
    void this.#next();
  }

  cancel(): void {
    void fetch('stop', { method: 'POST' });
  }

  async #hydrate(): Promise<void> {
    const { standing, ...page } = await (await fetch('about')).json();
    const { status, length, complete } = standing as Standing;
    const coming = complete ? { from: 0, length } : undefined;
    this.#standing = standing;
    this.#ending = complete;
    const hydrate = { type: 'hydrate', ...page, status, trace: null, compact: false } satisfies Partial<HostMessage>;
    this.#deliver(coming ? { ...hydrate, coming } : hydrate);
    void this.#fetchSources();
    if (!complete) {
      const events = new EventSource('events');
      events.addEventListener('message', ({ data }) => {
        this.#standing = JSON.parse(data);
        // The command may end: nothing more is to come.
        if (this.#standing?.complete) events.close();
        void this.#next();
      });
      events.addEventListener('error', () => {
        events.close();
        this.#lost();
      });
    }
    void this.#next();
  }

  /** One piece at a time: the panel says when it has read it. */
  async #next(): Promise<void> {
    const standing = this.#standing;
    if (!standing || this.#busy) return;
    const { length, complete, changed, status } = standing;
    if (complete && !this.#ending) {
      this.#ending = true;
      if (changed) this.#received = 0;
      this.#deliver({ type: 'status', status, trace: null, coming: { from: this.#received, length } });
      void this.#fetchSources();
    }
    if (this.#received >= length) return;
    this.#busy = true;
    const to = Math.min(length, this.#received + PIECE);
    const answer = await fetch(`trace?from=${this.#received}&to=${to}`).catch(() => undefined);
    if (!answer?.ok) {
      this.#busy = false;
      return;
    }
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.#received = to;
    this.#deliver({ type: 'append', bytes });
  }

  /** The command is gone. What has come is all that there is. */
  #lost(): void {
    const status = { state: 'done', program: '', engine: '', reason: '' };
    this.#standing = { status, length: this.#received, complete: true, changed: false };
    void this.#next();
  }

  /** While the program runs those that are known, at its end all. */
  async #fetchSources(): Promise<void> {
    const { complete } = this.#standing!;
    const answer = await fetch('sources').catch(() => undefined);
    if (!answer?.ok) return;
    const { sources, shapes } = await answer.json();
    this.#hold(sources);
    if (complete) this.#deliver({ type: 'shapes', files: shapes });
  }
}

window.coroscopeServed = new ServedTrace();
