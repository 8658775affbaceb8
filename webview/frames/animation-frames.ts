/** The one place that asks for animation frames: many requests make one frame, and none comes after `dispose`. */
export class Frames {
  #handle = 0;
  #disposed = false;

  constructor(private readonly draw: (now: DOMHighResTimeStamp) => void) {}

  request(): void {
    if (this.#handle !== 0 || this.#disposed) return;
    this.#handle = requestAnimationFrame((now) => {
      this.#handle = 0;
      this.draw(now);
    });
  }

  dispose(): void {
    this.#disposed = true;
    cancelAnimationFrame(this.#handle);
  }
}
