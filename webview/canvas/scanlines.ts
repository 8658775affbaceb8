import type { RowPixels, Tile } from './row-pixels';

const NONE = -1;
/** Added to a colour whose stripes go up to the edges of the row. */
const UP_TO_EDGE = 64;

/**
 * A row of bars of full height: its lines of pixels are equal except for the edges, the line in the middle and stripes.
 * So bars are written into these few lines, and the lines copied: a sixth of the pixels of a picture with thousands of bars.
 */
export class Scanlines {
  readonly #inside: Uint32Array;
  readonly #edge: Uint32Array;
  readonly #middle: Uint32Array;
  /** Task colour of the stripes at a pixel. */
  readonly #stripes: Int8Array;
  #striped = false;

  constructor(readonly width: number) {
    this.#inside = new Uint32Array(width);
    this.#edge = new Uint32Array(width);
    this.#middle = new Uint32Array(width);
    this.#stripes = new Int8Array(width);
  }

  clear(color: number): void {
    this.#inside.fill(color);
    this.#edge.fill(color);
    this.#middle.fill(color);
    this.#stripes.fill(NONE);
    this.#striped = false;
  }

  solid(from: number, to: number, color: number): void {
    for (let x = Math.max(0, from), end = Math.min(to, this.width); x < end; x++) {
      this.#inside[x] = color;
      this.#edge[x] = color;
      this.#middle[x] = color;
      this.#stripes[x] = NONE;
    }
  }

  framed(from: number, to: number, edge: number, inside: number, line: number): void {
    this.solid(from, to, edge);
    if (to - from < 4 * line) return;
    for (let x = Math.max(0, from + line), end = Math.min(to - line, this.width); x < end; x++) {
      this.#inside[x] = inside;
      this.#middle[x] = inside;
    }
  }

  /** A bar too narrow for an edge is striped over its full height. */
  striped(from: number, to: number, edge: number, task: number, line: number): void {
    const narrow = to - from < 4 * line;
    const inset = narrow ? 0 : line;
    this.solid(from, to, edge);
    this.#stripes.fill(narrow ? task + UP_TO_EDGE : task, Math.max(0, from + inset), Math.max(0, to - inset));
    this.#striped = true;
  }

  /** A line in the middle. */
  thin(from: number, to: number, color: number): void {
    this.#middle.fill(color, Math.max(0, from), Math.max(0, to));
  }

  write(strip: RowPixels, line: number, tiles: readonly { readonly hatch: Tile }[]): void {
    const { height } = strip;
    const middle = height >> 1;
    for (let y = 0; y < height; y++) {
      const edge = y < line || y >= height - line;
      strip.line(y, edge ? this.#edge : y >= middle && y < middle + line ? this.#middle : this.#inside);
    }
    if (this.#striped) this.#writeStripes(strip, line, tiles);
  }

  #writeStripes(strip: RowPixels, line: number, tiles: readonly { readonly hatch: Tile }[]): void {
    const stripes = this.#stripes;
    for (let x = 0; x < this.width; x++) {
      const value = stripes[x];
      if (value === NONE) continue;
      let end = x + 1;
      while (end < this.width && stripes[end] === value) end++;
      const inset = value >= UP_TO_EDGE ? 0 : line;
      strip.tile(x, inset, end, strip.height - inset, tiles[value % UP_TO_EDGE].hatch);
      x = end - 1;
    }
  }
}
