import type { Rerun } from '../../src/core/protocol/messages';

/** Name of the performance marks, one for each live-mode run. */
export const RERUN = 'coroscope.rerun';
const MOST = 500;

/** Measures the latency of live mode: from the keystroke, with the host's times, to the frame that shows the run. */
export class RerunMarks {
  #way: (Rerun & { received: number; decoded: number }) | undefined;
  #count = 0;

  /** @param received milliseconds since 1970 */
  decoded(again: Rerun, received: number): void {
    this.#way = { ...again, received, decoded: now() };
  }

  /** Call at the end of each frame's work. */
  drawn(): void {
    const way = this.#way;
    this.#way = undefined;
    if (!way) return;
    const drawn = now();
    const { port1, port2 } = new MessageChannel();
    // Arrives after the browser has painted the frame, which counts too.
    port1.onmessage = () => {
      if (++this.#count % MOST === 0) performance.clearMarks(RERUN);
      performance.mark(RERUN, { detail: { ...way, drawn, painted: now() } });
      port1.close();
    };
    port2.postMessage(undefined);
  }
}

export const now = (): number => performance.timeOrigin + performance.now();
