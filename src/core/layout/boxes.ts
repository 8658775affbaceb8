import { BoxKind } from '../lanes/box-kind';
import type { CssPixels } from '../units';

/** Boxes as columns: what the painters draw and the pointer hits. Reused from frame to frame, since a full picture has tens of thousands. */

export class Boxes {
  count = 0;
  /** Left edge, in pixels of the stage; cut off just outside of it. */
  x = new Float32Array(1024);
  width = new Float32Array(1024);
  /** One of `BoxKind`; 0…2 are the numbers of `State`. */
  kind = new Uint8Array(1024);
  /** Task colour. */
  color = new Uint8Array(1024);
  /** Loop row: row of `LoopIndex` · task and coroutine rows: row of `Segments` · output and log rows: index into `Timeline.output`, `Timeline.logs` · side rows: row of their bars or series. */
  ref = new Uint32Array(1024);
  /** Coroutine rows: index into the row's spans · levels: the number · several turns of a loop (`mixed`), of one task (`running`): for how much of the time it ran, as a level, 0 unknown. */
  span = new Uint32Array(1024);
  /** Number of segments in this box that are too small to draw apart. */
  merged = new Uint32Array(1024);

  clear(): void {
    this.count = 0;
  }

  add(x: CssPixels, width: CssPixels, kind: number, color: number, ref: number, span: number, merged: number): void {
    if (this.count === this.x.length) this.#grow();
    const i = this.count++;
    this.x[i] = x;
    this.width[i] = width;
    this.kind[i] = kind;
    this.color[i] = color;
    this.ref[i] = ref;
    this.span[i] = span;
    this.merged[i] = merged;
  }

  #grow(): void {
    const bigger = <T extends Float32Array | Uint8Array | Uint32Array>(column: T): T => {
      const copy = new (column.constructor as new (length: number) => T)(column.length * 2);
      copy.set(column);
      return copy;
    };
    this.x = bigger(this.x);
    this.width = bigger(this.width);
    this.kind = bigger(this.kind);
    this.color = bigger(this.color);
    this.ref = bigger(this.ref);
    this.span = bigger(this.span);
    this.merged = bigger(this.merged);
  }
}

/** Narrower segments share a box: they could still be seen, but not be hit by the pointer. */
export const MERGE_BELOW: CssPixels = 2;
/** The least width of a step: on the virtual clock most steps take no time, and still have to be visible. */
export const TICK_WIDTH: CssPixels = 3;
/** Boxes are clipped this far outside of the stage: far enough to hide their edges, and safe in 32-bit floats at any zoom. */
const MARGIN: CssPixels = 16;

/** Priority by `BoxKind`: which of several segments in one pixel is drawn. */
const RANK = [2, 3, 1, 0, 2, 4, 3, 0, 0, 0, 0, 0, 0, 0];

export function isMoreTelling(kind: number, than: number): boolean {
  return RANK[kind] > RANK[than];
}

/** Adds one box for all segments in a pixel; `kind` and `ref` are those with the highest priority. */
export function addShared(
  boxes: Boxes,
  x0: CssPixels,
  x1: CssPixels,
  kind: number,
  color: number,
  ref: number,
  span: number,
  merged: number,
): void {
  const happened = RANK[kind] >= 3 || kind === BoxKind.callback;
  // Skip waits of no length: on the steps axis a ready task may run at once.
  if (!happened && x1 <= x0 && merged === 1) return;
  boxes.add(x0, Math.max(x1 - x0, happened ? TICK_WIDTH : MERGE_BELOW), kind, color, ref, span, merged);
}

/** Adds a box, clipped to the stage and its margin. */
export function addOwn(
  boxes: Boxes,
  x0: CssPixels,
  x1: CssPixels,
  kind: number,
  color: number,
  ref: number,
  span: number,
  stageWidth: CssPixels,
): void {
  const left = Math.max(x0, -MARGIN);
  boxes.add(left, Math.min(x1, stageWidth + MARGIN) - left, kind, color, ref, span, 1);
}

/** Collects the boxes of one row from left to right, merging what is below a pixel. */
export class RowWriter {
  #pending = false;
  #x = 0;
  #end = 0;
  #kind = 0;
  #color = 0;
  #ref = 0;
  #span = 0;
  #merged = 0;

  constructor(
    private readonly boxes: Boxes,
    private readonly stageWidth: CssPixels,
  ) {}

  /** @returns whether the box was merged with the one before it. */
  add(x0: CssPixels, x1: CssPixels, kind: number, color: number, ref: number, span = 0): boolean {
    if (x1 - x0 >= MERGE_BELOW) {
      this.flush();
      addOwn(this.boxes, x0, x1, kind, color, ref, span, this.stageWidth);
      return false;
    }
    if (this.#pending && x0 < this.#x + MERGE_BELOW) {
      this.#end = Math.max(this.#end, x1);
      this.#merged++;
      const stronger = RANK[kind] - RANK[this.#kind];
      if (stronger === 0 && color !== this.#color) this.#kind = 6;
      else if (stronger > 0) {
        this.#kind = kind;
        this.#color = color;
        this.#ref = ref;
        this.#span = span;
      }
      return true;
    }
    this.flush();
    this.#pending = true;
    this.#x = x0;
    this.#end = x1;
    this.#kind = kind;
    this.#color = color;
    this.#ref = ref;
    this.#span = span;
    this.#merged = 1;
    return false;
  }

  /** The kind of box for the pixel that is being collected. */
  get kind(): number {
    return this.#kind;
  }

  /** From this x on, the next box is not merged; -∞ if it never is. */
  get mergedUpTo(): CssPixels {
    return this.#pending ? this.#x + MERGE_BELOW : -Infinity;
  }

  /** Counts segments that were skipped because they are in the pixel that is being collected. */
  skip(count: number): void {
    this.#merged += count;
  }

  /** The skipped segments are of other kinds than the drawn one. */
  mix(): void {
    if (RANK[this.#kind] < RANK[6] || this.#kind === 1) this.#kind = 6;
  }

  flush(): void {
    if (!this.#pending) return;
    this.#pending = false;
    addShared(this.boxes, this.#x, this.#end, this.#kind, this.#color, this.#ref, this.#span, this.#merged);
  }
}
