/** How often to check for the host's stop file while Python runs (ms). */
const OFTEN = 10;
/** How often to sample a long step (ms). */
const SAMPLE = 25;
/** The tracer itself enforces the limit of wall time, with a better record; this is done later (ms). */
const LATER = 100;
/** SIGINT in Pyodide's interrupt buffer. */
const INTERRUPT = 2;

interface Files {
  statSync(path: string, options: { throwIfNoEntry: false }): unknown;
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** Interrupts a Python that does not yield its thread: because the host says so, its time is over, or to take a sample. */
export class Interrupts {
  /** The reason of the last interrupt: a `StopWord`, or `sample`. */
  reason = '';
  #next = 0;
  #sample = 0;
  #over = Number.POSITIVE_INFINITY;
  #told = new Set<string>();
  /** The interrupt buffer, which Pyodide reads every few bytecodes. */
  readonly buffer: { 0: number };

  constructor(
    private readonly path: string,
    private readonly now: () => number,
    private readonly files: Files,
    /** Called as often as the file is checked. */
    private readonly tick = () => {},
  ) {
    const look = () => this.#look();
    this.buffer = {
      get 0() {
        return look();
      },
      // It is taken back by whoever reads it.
      set 0(_: number) {},
    };
  }

  /** A run begins. @param wallTime seconds; 0: no limit */
  begin(wallTime: number): void {
    this.reason = '';
    this.#next = 0;
    this.#told.clear();
    this.#over = wallTime > 0 ? this.now() + wallTime * 1000 + LATER : Number.POSITIVE_INFINITY;
  }

  /** Adds time that it waited for the user, which does not count. */
  excuse(milliseconds: number): void {
    this.#over += milliseconds;
  }

  /** The host wants it to stop, and Python was not interrupted yet. */
  get pending(): boolean {
    const word = this.#word();
    return word !== '' && !this.#told.has(word);
  }

  #look(): number {
    const now = this.now();
    if (now < this.#next) return 0;
    this.#next = now + OFTEN;
    this.tick();
    const reason = now > this.#over ? 'wall-time' : this.#word();
    if (reason === '' || this.#told.has(reason)) return this.#asked(now);
    this.#told.add(reason);
    this.reason = reason;
    return INTERRUPT;
  }

  /** What was told before a sample, and not read yet, comes first. */
  #asked(now: number): number {
    if (now < this.#sample || this.reason !== '') return 0;
    this.#sample = now + SAMPLE;
    this.reason = 'sample';
    return INTERRUPT;
  }

  /** Returns the reason of an interrupt once; later ones are samples again. */
  why(): string {
    const { reason } = this;
    this.reason = '';
    return reason;
  }

  #word(): string {
    return this.files.statSync(this.path, { throwIfNoEntry: false }) ? this.files.readFileSync(this.path, 'utf8') : '';
  }
}
