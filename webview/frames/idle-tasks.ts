import type { WorkSlices } from './frame-budget';

/** Work that can wait. Returns slices if it is too long for one frame. */
export type IdleTask = () => WorkSlices | undefined;

/**
 * A queue of work that can wait. While a program runs, one task is done between two pictures; otherwise all are done in the next frame,
 * those of a long run over several.
 */
export class IdleTasks {
  readonly #jobs = new Map<object, { readonly kind: string; readonly job: IdleTask }>();
  readonly #kinds = new WeakMap<object, string>();
  #known = 0;
  #begun: WorkSlices | undefined;

  constructor(private readonly request: () => void) {}

  /** Queues a task. An owner has at most one: a new one replaces it. */
  ask(whose: object, job: IdleTask): void {
    const kind = this.#kinds.get(whose) ?? `idle ${++this.#known}`;
    this.#kinds.set(whose, kind);
    this.#jobs.set(whose, { kind, job });
    this.request();
  }

  drop(whose: object): void {
    this.#jobs.delete(whose);
  }

  get any(): boolean {
    return this.#jobs.size > 0;
  }

  /** The slices of the oldest task. */
  *next(): WorkSlices {
    const [first] = this.#jobs;
    if (!first) return;
    const [whose, { kind, job }] = first;
    yield kind;
    // It may have been replaced or dropped while the caller waited for the next frame.
    if (this.#jobs.get(whose)?.job !== job) return;
    this.#jobs.delete(whose);
    yield* job() ?? [];
  }

  /** Runs slices for about this long (ms), at least one. @returns whether any are left */
  some(time: number): boolean {
    const until = performance.now() + time;
    this.#begun ??= this.#each();
    do {
      if (!this.#begun.next().done) continue;
      this.#begun = undefined;
      return false;
    } while (performance.now() < until);
    return true;
  }

  *#each(): WorkSlices {
    while (this.any) yield* this.next();
  }

  /** Runs all tasks to their end. */
  all(): void {
    for (const _ of this.#begun ?? []);
    this.#begun = undefined;
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { job } of jobs) for (const _ of job() ?? []);
  }
}
