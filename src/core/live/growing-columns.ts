import type { Column } from './typed-columns';

/** Growth factor of the capacity; copying begins when that share of it is used. */
const FACTOR = 1.5;
const BEGIN = 0.75;
/** Rows to copy for each new one: enough to finish before the old capacity is full. */
const COPIED = 6;

/**
 * Columns that grow without a pause in which all rows are copied: longer ones are allocated when most of the
 * capacity is used, and filled a little with every call. Write each row to all `targets`.
 */
export class Growing<C extends { readonly [K in keyof C]: Column }> {
  columns: C;
  /** The current columns, and the longer ones that will replace them. */
  targets: readonly C[];
  #room: number;
  #length = 0;
  /** Allocated one by one: clearing the memory of all at once would take too long for a frame. */
  #next: Partial<Record<keyof C, Column>> = {};
  #copied = 0;

  constructor(columns: C) {
    this.columns = columns;
    this.targets = [columns];
    this.#room = (Object.values(columns) as Column[])[0].length;
  }

  /** Makes room for this many rows. Columns that were read before may be out of date afterwards. */
  reserve(length: number): void {
    const added = Math.max(0, length - this.#length);
    this.#length = Math.max(length, this.#length);
    while (this.#length > this.#room) this.#finish();
    if (this.#length > BEGIN * this.#room) this.#go(added);
  }

  #go(added: number): void {
    if (this.targets.length === 1) this.#make();
    else this.#copy(this.#copied + COPIED * added);
  }

  #make(): void {
    const names = Object.keys(this.columns) as (keyof C)[];
    const name = names.find((each) => !this.#next[each]);
    if (name === undefined) {
      this.targets = [this.columns, this.#next as C];
      this.#copied = 0;
      return;
    }
    const column = this.columns[name];
    this.#next[name] = new (column.constructor as new (length: number) => Column)(Math.ceil(FACTOR * this.#room));
  }

  #copy(to: number): void {
    const end = Math.min(to, this.#room);
    const [from, into] = this.targets;
    for (const name of Object.keys(from) as (keyof C)[])
      (into[name] as Float64Array).set((from[name] as Float64Array).subarray(this.#copied, end), this.#copied);
    this.#copied = end;
  }

  #finish(): void {
    while (this.targets.length === 1) this.#make();
    this.#copy(this.#room);
    this.columns = this.targets[1];
    this.targets = [this.columns];
    this.#next = {};
    this.#room = Math.ceil(FACTOR * this.#room);
  }
}
