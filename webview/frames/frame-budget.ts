/** Milliseconds of work in a frame while a program runs: about half of a 60 Hz frame. The browser needs the rest. */
const MOST = 9;
/** Weights of the moving average of a slice's cost: it rises fast and falls slowly. */
const UP = 0.5;
const DOWN = 0.2;

/** Work in slices. Each `next()` does one slice and yields the kind of the slice after it; the first `next()` only yields a kind. */
export type WorkSlices = Generator<string, void>;

/** Decides which slices of work still fit the current frame, by what slices of their kind cost before. */
export class FrameBudget {
  readonly #costs = new Map<string, number>();
  #began = 0;
  #taken = false;

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = MOST,
  ) {}

  /** Starts a frame. Its first slice always fits, whatever it costs. */
  begin(): void {
    this.#began = this.now();
    this.#taken = false;
  }

  /** Other work was done in this frame, so the next slice has to fit in what is left. */
  take(): void {
    this.#taken = true;
  }

  /** Whether a slice of this kind fits. One that never ran gets a frame of its own: code is slow when it first runs. */
  has(kind: string): boolean {
    return !this.#taken || this.now() - this.#began + (this.#costs.get(kind) ?? Number.POSITIVE_INFINITY) <= this.most;
  }

  /** Runs a slice and measures it. @returns milliseconds */
  run(kind: string, piece: () => void): number {
    const began = this.now();
    piece();
    const cost = this.now() - began;
    // A slice that the machine interrupted says little about the next one: cap it.
    const counted = Math.min(cost, this.most);
    const known = this.#costs.get(kind) ?? counted;
    this.#costs.set(kind, known + (counted > known ? UP : DOWN) * (counted - known));
    this.#taken = true;
    return cost;
  }
}

/** Work that continues from frame to frame. */
export class SlicedWork {
  #next: string | undefined;

  constructor(
    private readonly budget: FrameBudget,
    private readonly pieces: WorkSlices,
  ) {
    this.#step();
  }

  /** Does as many slices as fit the frame. @returns whether the work is complete */
  go(): boolean {
    while (this.#next !== undefined) {
      if (!this.budget.has(this.#next)) return false;
      this.budget.run(this.#next, () => this.#step());
    }
    return true;
  }

  #step(): void {
    const { done, value } = this.pieces.next();
    this.#next = done ? undefined : value;
  }
}
