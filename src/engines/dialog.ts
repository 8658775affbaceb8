import type { Ask, RunListener } from './engine';

/** Text of which the end is the question that a person sees. */
const LONGEST = 2_000;

/** A program and the person who gives its input: what it printed last is what it asks. */
export class Dialog {
  readonly #over = new AbortController();
  #line = '';

  constructor(
    private readonly person: Ask,
    private readonly listener: Pick<RunListener, 'output'>,
  ) {}

  /** In the place of the listener's own. */
  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#line = (this.#line + text).slice(-LONGEST).replace(/^[\s\S]*\n/, '');
    this.listener.output(stream, text);
  }

  /** @returns the next line, undefined at the end of the input; for ever pending where the run ended before */
  async ask(): Promise<string | undefined> {
    const { signal } = this.#over;
    const text = await this.person(this.#line, signal);
    if (signal.aborted) return new Promise(() => {});
    this.#line = '';
    return text;
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    this.#over.abort();
  }
}

/** Stops a run after so many seconds of its own. */
export class WallLimit {
  #left: number;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param seconds 0: no limit */
  constructor(
    seconds: number,
    private readonly over: () => void,
  ) {
    this.#left = seconds * 1000;
  }

  /** Its time goes on. @param more ms that are allowed beyond it */
  go(more: number): void {
    if (this.#left <= 0 || this.#since !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.over, this.#left + more);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#since !== undefined) this.#left = Math.max(1, this.#left - (performance.now() - this.#since));
    this.#since = undefined;
  }
}
