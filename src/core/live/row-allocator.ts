import { firstWhere } from '../sorted';
/** Allocates ranges of rows of a table. Free neighbours are merged, since the next request is usually for more rows. */
export class RowAllocator {
  /** End of the rows that were ever allocated. */
  end = 0;
  /** Free ranges before that, in order: first row and length. */
  readonly #first: number[] = [];
  readonly #length: number[] = [];
  /** Upper bound of the length of a free range. */
  #most = 0;

  /** @returns the first of this many free rows */
  claim(length: number): number {
    return this.#reused(length) ?? this.extend(length);
  }

  /** The same, behind all others. */
  extend(length: number): number {
    const first = this.end;
    this.end += length;
    return first;
  }

  release(first: number, length: number): void {
    let at = this.#after(first);
    const joinsNext = this.#first[at] === first + length;
    const joinsLast = at > 0 && this.#first[at - 1] + this.#length[at - 1] === first;
    if (joinsLast) {
      at--;
      this.#length[at] += length;
      if (joinsNext) this.#length[at] += this.#take(at + 1);
    } else if (joinsNext) {
      this.#first[at] = first;
      this.#length[at] += length;
    } else {
      this.#first.splice(at, 0, first);
      this.#length.splice(at, 0, length);
    }
    this.#most = Math.max(this.#most, this.#length[at]);
  }

  #reused(length: number): number | undefined {
    if (length > this.#most) return undefined;
    let most = 0;
    for (let at = 0; at < this.#first.length; at++) {
      most = Math.max(most, this.#length[at]);
      if (this.#length[at] < length) continue;
      const first = this.#first[at];
      if (this.#length[at] === length) this.#take(at);
      else {
        this.#first[at] += length;
        this.#length[at] -= length;
      }
      return first;
    }
    this.#most = most;
    return undefined;
  }

  /** @returns how many rows were free there. */
  #take(at: number): number {
    this.#first.splice(at, 1);
    return this.#length.splice(at, 1)[0];
  }

  /** Number of the free ones before a row. */
  #after(row: number): number {
    return firstWhere(0, this.#first.length, (i) => this.#first[i] > row);
  }
}
