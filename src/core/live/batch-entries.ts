import type { LoopIndex } from '../timeline/loop-entries';

/** What the loop did in a batch, to be sorted. The columns are reused, since each batch has hundreds of entries. */
export class Entries {
  count = 0;
  readonly kind: number[] = [];
  /** As in `LoopIndex.ref`. */
  readonly ref: number[] = [];
  readonly start: number[] = [];
  readonly startStep: number[] = [];
  readonly endStep: number[] = [];
  readonly #order: number[] = [];

  clear(): void {
    this.count = 0;
  }

  add(kind: number, ref: number, start: number, startStep: number, endStep: number): void {
    const at = this.count++;
    this.kind[at] = kind;
    this.ref[at] = ref;
    this.start[at] = start;
    this.startStep[at] = startStep;
    this.endStep[at] = endStep;
  }

  /** Entry numbers in order of start: loops in several threads may report entries late. */
  inOrder(): readonly number[] {
    const order = this.#order;
    order.length = this.count;
    for (let i = 0; i < this.count; i++) order[i] = i;
    const { start, startStep, endStep } = this;
    return order.sort((a, b) => startStep[a] - startStep[b] || start[a] - start[b] || endStep[b] - endStep[a]);
  }

  /** Whether an entry of this batch belongs before an entry that is already in the index. */
  isBefore(entry: number, { start, startStep, endStep }: LoopIndex, at: number): boolean {
    const later =
      startStep[at] - this.startStep[entry] || start[at] - this.start[entry] || this.endStep[entry] - endStep[at];
    return later > 0;
  }
}
