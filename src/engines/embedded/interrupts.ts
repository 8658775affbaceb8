/** How often the host's file is looked for while Python runs (ms). */
const OFTEN = 10;
/** How often a step that goes on is asked where it stands (ms). */
const SAMPLE = 25;
/** The tracer keeps the limit of wall time itself where it gets to run, and tells better where the program stood (ms). */
const LATER = 100;
/** SIGINT, as Pyodide's interrupt buffer has it. */
const INTERRUPT = 2;

interface Files {
  statSync(path: string, options: { throwIfNoEntry: false }): unknown;
  readFileSync(path: string, encoding: 'utf8'): string;
}

/** Tells a Python that holds the thread that it is to stop: because the host says so, or because its time is over. */
export class Interrupts {
  /** Why it was interrupted last: a `StopWord`, or `sample`: to see where it stands. */
  reason = '';
  #next = 0;
  #sample = 0;
  #over = Number.POSITIVE_INFINITY;
  #told = new Set<string>();
  /** What Pyodide looks at every few bytecodes. */
  readonly buffer: { 0: number };

  constructor(
    private readonly path: string,
    private readonly now: () => number,
    private readonly files: Files,
    /** Is called as often as the file is looked for. */
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

  /** So long it waited for a person: that is none of its time. */
  excuse(milliseconds: number): void {
    this.#over += milliseconds;
  }

  /** The host wants it to stop, and it does not know of that yet. */
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

  /** Why Python was interrupted, once; then it is asked where it stands again. */
  why(): string {
    const { reason } = this;
    this.reason = '';
    return reason;
  }

  #word(): string {
    return this.files.statSync(this.path, { throwIfNoEntry: false }) ? this.files.readFileSync(this.path, 'utf8') : '';
  }
}
