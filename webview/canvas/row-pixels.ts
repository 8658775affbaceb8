import type { Rgb } from '../../src/core/colors';

/**
 * The bars of one row as device pixels. A dense picture has ten thousand bars: as many canvas calls take longer than
 * a frame, while writing pixels and putting whole rows takes a tenth of it, however many bars there are.
 */
export class RowPixels {
  readonly image: ImageData;
  readonly #pixels: Uint32Array;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.image = new ImageData(width, height);
    this.#pixels = new Uint32Array(this.image.data.buffer);
  }

  clear(color: number): void {
    this.#pixels.fill(color);
  }

  /** One line of pixels, as wide as the strip. */
  line(y: number, pixels: Uint32Array): void {
    this.#pixels.set(pixels, y * this.width);
  }

  /** Fills from `x0`, `y0` to before `x1`, `y1`, clipped to the strip. */
  fill(x0: number, y0: number, x1: number, y1: number, color: number): void {
    const pixels = this.#pixels;
    const left = Math.max(0, x0);
    const right = Math.min(this.width, x1);
    const bottom = Math.min(this.height, y1);
    if (right <= left) return;
    for (let y = Math.max(0, y0); y < bottom; y++) {
      const line = y * this.width;
      // For a few pixels the call would cost more than the pixels.
      if (right - left > 32) pixels.fill(color, line + left, line + right);
      else for (let i = line + left; i < line + right; i++) pixels[i] = color;
    }
  }

  /** The same, with a pattern that begins at the strip's corner, so that neighbours' patterns meet. */
  tile(x0: number, y0: number, x1: number, y1: number, { size, pixels: pattern }: Tile): void {
    const left = Math.max(0, x0);
    const right = Math.min(this.width, x1);
    const bottom = Math.min(this.height, y1);
    for (let y = Math.max(0, y0); y < bottom; y++) {
      const line = y * this.width;
      const from = (y % size) * size;
      for (let x = left; x < right; x++) this.#pixels[line + x] = pattern[from + (x % size)];
    }
  }
}

/** A square of pixels. */
export interface Tile {
  readonly size: number;
  readonly pixels: Uint32Array;
}

/** An opaque colour as one pixel of `ImageData`, whichever way this machine orders bytes. */
export function pixelOf({ r, g, b }: Rgb): number {
  const bytes = new Uint8ClampedArray([r, g, b, 255]);
  return new Uint32Array(bytes.buffer)[0];
}
