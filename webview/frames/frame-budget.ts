/** Milliseconds of a frame that work takes while a program runs: half of what a screen gives it. The rest is the browser's. */
const MOST = 9;
/** Share of the last time in what a piece is taken to cost, where that was more than before, and where it was less. */
const UP = 0.5;
const DOWN = 0.2;

/** Work in pieces: each `next` does one, and tells which kind comes after it. The first tells only what comes first. */
export type Pieces = Generator<string, void>;

/** Fills frames with pieces of work that know what they mostly cost, as far as they fit. */
export class Pace {
  readonly #costs = new Map<string, number>();
  #began = 0;
  #taken = false;

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = MOST,
  ) {}

  /** A frame begins. Whatever its first piece costs, there is room for that. */
  begin(): void {
    this.#began = this.now();
    this.#taken = false;
  }

  /** It has done something else: there is room only for what fits beside that. */
  take(): void {
    this.#taken = true;
  }

  /** What was never done yet gets a frame of its own: code that runs for the first time is slow. */
  has(kind: string): boolean {
    return !this.#taken || this.now() - this.#began + (this.#costs.get(kind) ?? Number.POSITIVE_INFINITY) <= this.most;
  }

  /** @returns milliseconds that it took */
  run(kind: string, piece: () => void): number {
    const began = this.now();
    piece();
    const cost = this.now() - began;
    // A piece that was interrupted, by whatever else the machine does, says little about the next one.
    const counted = Math.min(cost, this.most);
    const known = this.#costs.get(kind) ?? counted;
    this.#costs.set(kind, known + (counted > known ? UP : DOWN) * (counted - known));
    this.#taken = true;
    return cost;
  }
}

/** A job that goes on from frame to frame. */
export class Paced {
  #next: string | undefined;

  constructor(
    private readonly pace: Pace,
    private readonly pieces: Pieces,
  ) {
    this.#step();
  }

  /** Does as many pieces as fit in this frame. @returns whether that was all. */
  go(): boolean {
    while (this.#next !== undefined) {
      if (!this.pace.has(this.#next)) return false;
      this.pace.run(this.#next, () => this.#step());
    }
    return true;
  }

  #step(): void {
    const { done, value } = this.pieces.next();
    this.#next = done ? undefined : value;
  }
}
