import type { RunStatus } from '../../core/protocol/messages';
import type { TraceSource } from '../../core/trace/source';
import type { ServedSources, ServedTrace, Standing } from './served';

/** A trace that is served from when its program starts, and after its end. */
export class GrowingTrace implements ServedTrace {
  #status: RunStatus;
  #trace: TraceSource | undefined;
  #complete = false;
  #changed = false;

  constructor(
    private readonly program: string,
    /** What is there so far. */
    private readonly soFar: TraceSource,
    /** Of the program's own file while it runs; in the end of all. */
    readonly sources: () => ServedSources,
  ) {
    this.#status = { state: 'running', program, engine: '' };
  }

  get standing(): Standing {
    const { length } = this.#trace ?? this.soFar;
    return { status: this.#status, length, complete: this.#complete, changed: this.#changed };
  }

  chosen(engine: string): void {
    this.#status = { state: 'running', program: this.program, engine };
  }

  /** The program has ended. */
  complete(trace: TraceSource, changed: boolean): void {
    this.#changed = changed;
    this.#trace = trace;
    this.#complete = true;
    this.#status = { state: 'done', program: this.program, engine: '', reason: '' };
  }

  bytes(at: number, length: number): Uint8Array {
    // A copy: what the source gives may be good until the next read only, and is sent when the page has room.
    return new Uint8Array((this.#trace ?? this.soFar).bytes(at, length));
  }
}
