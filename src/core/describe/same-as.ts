/**
 * Of things with numbers, which one was the first that is the same. A table of numbers alone: a `Map` of texts takes five times as long
 * for a million things, and ends at 16 million.
 */
export class SameAs {
  /** The first of each kind plus 1; 0: free. */
  #slots = new Int32Array(1 << 10);
  #count = 0;

  constructor(
    private readonly hash: (thing: number) => number,
    private readonly same: (a: number, b: number) => boolean,
  ) {}

  of(thing: number): number {
    let slot = this.#start(thing);
    while (this.#slots[slot] > 0) {
      const known = this.#slots[slot] - 1;
      if (this.same(known, thing)) return known;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#slots[slot] = thing + 1;
    if (++this.#count * 2 > this.#slots.length) this.#grow();
    return thing;
  }

  #start(thing: number): number {
    return this.hash(thing) & (this.#slots.length - 1);
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 4);
    for (const each of before) {
      if (each === 0) continue;
      let slot = this.#start(each - 1);
      while (this.#slots[slot] > 0) slot = (slot + 1) & (this.#slots.length - 1);
      this.#slots[slot] = each;
    }
  }
}
