import type { Ask, RunListener } from './engine';

/** Length of the text before a read that is kept as the question. */
const LONGEST = 2_000;

/** Connects a program with the user who gives its input: the last line that it printed is the question. */
export class Dialog {
  readonly #over = new AbortController();
  #line = '';

  constructor(
    private readonly person: Ask,
    private readonly listener: Pick<RunListener, 'output'>,
  ) {}

  /** Replaces the listener's own. */
  output(stream: 'stdout' | 'stderr', text: string): void {
    this.#line = (this.#line + text).slice(-LONGEST).replace(/^[\s\S]*\n/, '');
    this.listener.output(stream, text);
  }

  /** @returns the next line, undefined at the end of the input; never resolves if the run ends before */
  async ask(): Promise<string | undefined> {
    const { signal } = this.#over;
    const text = await this.person(this.#line, signal);
    if (signal.aborted) return new Promise(() => {});
    this.#line = '';
    return text;
  }

  /** Cancels an open question. */
  end(): void {
    this.#over.abort();
  }
}

/** Stops a run after a time limit, without the time that it waits for input. */
export class WallLimit {
  #left: number;
  #since: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param seconds 0: no limit */
  constructor(
    seconds: number,
    private readonly over: () => void,
  ) {
    this.#left = seconds * 1000;
  }

  /** Continues the time. @param more milliseconds to add to the limit */
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
