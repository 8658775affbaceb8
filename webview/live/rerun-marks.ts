import type { Rerun } from '../../src/core/protocol/messages';

/** Under this name the way of each run that follows the typing stands among the page's performance marks. */
export const RERUN = 'coroscope.rerun';
const MOST = 500;

/** Tells how far a run that follows the typing came when: with the host's own times, up to the frame that shows it. */
export class Clocking {
  #way: (Rerun & { received: number; decoded: number }) | undefined;
  #count = 0;

  /** @param received milliseconds since 1970 */
  decoded(again: Rerun, received: number): void {
    this.#way = { ...again, received, decoded: now() };
  }

  /** To be called at the end of each frame's work. */
  drawn(): void {
    const way = this.#way;
    this.#way = undefined;
    if (!way) return;
    const drawn = now();
    const { port1, port2 } = new MessageChannel();
    // Comes when the frame has been handed over: what the browser itself does for it is part of the way.
    port1.onmessage = () => {
      if (++this.#count % MOST === 0) performance.clearMarks(RERUN);
      performance.mark(RERUN, { detail: { ...way, drawn, painted: now() } });
      port1.close();
    };
    port2.postMessage(undefined);
  }
}

export const now = (): number => performance.timeOrigin + performance.now();
