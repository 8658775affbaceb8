/** A back buffer: a picture that takes several frames is painted here, and copied to the screen when it is complete. */
export class BackBuffer {
  readonly #canvas = document.createElement('canvas');
  // `willReadFrequently` keeps the canvas in main memory. On the GPU, painting would be queued until the copy.
  readonly #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;

  /** Starts a picture. Sizes are device pixels. @param ratio device pixels per CSS pixel */
  begin([width, height]: readonly [number, number], ratio: number): CanvasRenderingContext2D {
    fitCanvas(this.#canvas, [width, height]);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return this.#context;
  }

  /** Forces queued painting to happen now. */
  settle(): void {
    this.#context.getImageData(0, 0, 1, 1);
  }

  /** Copies the picture to the screen's canvas. */
  show(context: CanvasRenderingContext2D): void {
    context.save();
    context.resetTransform();
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#canvas, 0, 0);
    context.restore();
  }
}

/** Resizes a canvas if its size differs. Sizes are device pixels. @returns whether it was resized */
export function fitCanvas(canvas: HTMLCanvasElement, [width, height]: readonly [number, number]): boolean {
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}
