/** Where a picture is painted that takes more than one frame: what was shown before stays until all of it is there. */
export class Back {
  readonly #canvas = document.createElement('canvas');
  // Kept in memory: so a part that is painted is painted, and not put off to the moment at which the whole is shown.
  readonly #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;

  /** In pixels of the device. @param ratio of those per pixel of the page */
  begin([width, height]: readonly [number, number], ratio: number): CanvasRenderingContext2D {
    fitCanvas(this.#canvas, [width, height]);
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
    return this.#context;
  }

  /** What was asked for up to here is painted now. */
  settle(): void {
    this.#context.getImageData(0, 0, 1, 1);
  }

  show(context: CanvasRenderingContext2D): void {
    context.save();
    context.resetTransform();
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#canvas, 0, 0);
    context.restore();
  }
}

/** @returns whether it had another size. */
export function fitCanvas(canvas: HTMLCanvasElement, [width, height]: readonly [number, number]): boolean {
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}
