/**
 * What may wait, while a program runs, gets frames of its own, one thing in each: together with a picture it would be too much for one.
 * Every other frame is left to the picture, which is not to stand still meanwhile. At other times nobody waits for the next picture.
 */
export class Asides {
  readonly #jobs = new Map<object, () => void>();
  #taken = false;

  constructor(private readonly request: () => void) {}

  /** Takes the place of what `whose` asked for before. */
  ask(whose: object, job: () => void): void {
    this.#jobs.set(whose, job);
    this.request();
  }

  drop(whose: object): void {
    this.#jobs.delete(whose);
  }

  /** At the beginning of a frame. @returns whether the frame is used up. */
  take(live: boolean): boolean {
    if (!live) {
      const jobs = [...this.#jobs.values()];
      this.#jobs.clear();
      for (const job of jobs) job();
      return false;
    }
    const [next] = this.#jobs;
    this.#taken = !this.#taken && next !== undefined;
    if (this.#taken) {
      this.#jobs.delete(next[0]);
      next[1]();
    }
    if (this.#jobs.size > 0) this.request();
    return this.#taken;
  }
}
