import type { PythonEngine } from '../embedded/python-engine';
import type { Engine, RunEnd, RunListener, RunRequest } from '../engine';

/** How long a run that was cancelled may go on before another Python takes its place (ms): loading that costs the machine seconds. */
const GRACE = 150;
const MIB = 1 << 20;
/** What a program that is being typed may take, and what a Python may keep of it for the next. */
export const LIVE_MEMORY = 512 * MIB;
/** How long one that reached a limit may take to record what stands (ms). */
export const LIVE_PATIENCE = 250;
const KEPT_MEMORY = 160 * MIB;

/**
 * Two embedded Pythons: one runs, the other is loaded and waits. If a run does not stop when it is told to, its
 * Python is discarded, and the next run uses the other one at once.
 */
export class LivePython implements Engine {
  readonly name = 'embedded';
  #current: PythonEngine;
  #spare: PythonEngine;
  #busy: Promise<unknown> | undefined;
  #disposed = false;

  /** @param made a Python that keeps to `LIVE_MEMORY` and `LIVE_PATIENCE`, where that can be asked of it */
  constructor(private readonly made: () => PythonEngine) {
    this.#current = made();
    this.#spare = made();
  }

  /** Resolves when the first of them is loaded; the other one follows. */
  async warm(): Promise<void> {
    await this.#current.warm();
    // A failure to load is reported where the Python is used.
    if (!this.#disposed) this.#spare.warm().catch(() => {});
  }

  async run(request: RunRequest, listener: RunListener, signal: AbortSignal): Promise<RunEnd> {
    await this.#free();
    if (signal.aborted || this.#disposed) return { exit: null, stopped: 'cancelled' };
    const engine = this.#current;
    const run = engine.run(request, listener, signal);
    const settled = run.catch(() => {});
    this.#busy = settled;
    void settled.then(() => {
      if (this.#busy === settled) this.#busy = undefined;
    });
    const end = await run;
    if (end.exit === null || end.broke !== undefined || engine.heap > KEPT_MEMORY) this.#replace(engine);
    return end;
  }

  dispose(): void {
    this.#disposed = true;
    this.#current.dispose();
    this.#spare.dispose();
  }

  async #free(): Promise<void> {
    const busy = this.#busy;
    if (!busy) return;
    const engine = this.#current;
    await Promise.race([busy, new Promise((over) => setTimeout(over, GRACE))]);
    if (this.#busy === busy) this.#replace(engine);
  }

  #replace(engine: PythonEngine): void {
    if (this.#disposed || this.#current !== engine) return;
    this.#busy = undefined;
    this.#current = this.#spare;
    this.#spare = this.made();
    engine.dispose();
    this.#spare.warm().catch(() => {});
  }
}
