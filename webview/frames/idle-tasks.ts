import type { Pieces } from './frame-budget';

/** What is to be done: at once, or in pieces. */
export type Aside = () => Pieces | undefined;

/** What may wait: while a program runs it is put between pictures, one thing at a time. At other times nobody waits for the next picture. */
export class Asides {
  readonly #jobs = new Map<object, { readonly kind: string; readonly job: Aside }>();
  readonly #kinds = new WeakMap<object, string>();
  #known = 0;

  constructor(private readonly request: () => void) {}

  /** Takes the place of what `whose` asked for before. */
  ask(whose: object, job: Aside): void {
    const kind = this.#kinds.get(whose) ?? `aside ${++this.#known}`;
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

  /** The one that has waited longest. */
  *next(): Pieces {
    const [first] = this.#jobs;
    if (!first) return;
    const [whose, { kind, job }] = first;
    yield kind;
    // It may have been asked for anew, or dropped, meanwhile.
    if (this.#jobs.get(whose)?.job !== job) return;
    this.#jobs.delete(whose);
    yield* job() ?? [];
  }

  /** All that there is, to the end. */
  all(): void {
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { job } of jobs) for (const _ of job() ?? []);
  }
}
