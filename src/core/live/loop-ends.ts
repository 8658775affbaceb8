import { collectLoops } from '../timeline/loops';
import type { EventLoop } from '../timeline/model';
import type { EventColumns } from '../trace/columns';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Seconds } from '../units';
import { CollectedRows } from './typed-columns';

interface End {
  time: Seconds;
  step: number;
}

/** The loops so far, and the end of each: now, or when it was closed. */
export class LoopEnds {
  readonly #events = new CollectedRows<EventColumns>();
  readonly #ends = new Map<number, End>();
  readonly #closed = new Set<number>();
  #now: End = { time: 0, step: 0 };

  /** Takes in a batch. @returns whether it tells anything of loops. */
  add({ events, meta }: Trace): boolean {
    let any = false;
    for (let row = 0; row < events.count; row++) {
      if (events.kind[row] !== EventKind.loop) continue;
      any = true;
      if (events.b[row] !== CLOSED) continue;
      Object.assign(this.endOf(events.a[row]), { time: events.t0[row] - meta.origin, step: events.seq[row] });
      this.#closed.add(events.a[row]);
    }
    if (any) this.#events.add(events, (row) => events.kind[row] === EventKind.loop);
    return any;
  }

  all(trace: Trace): EventLoop[] {
    return collectLoops({ ...trace, events: this.#events.rows });
  }

  /** Extends loops that are not closed up to here. */
  extend(time: Seconds, step: number): void {
    this.#now = { time, step };
    for (const [loop, end] of this.#ends) if (!this.#closed.has(loop)) Object.assign(end, this.#now);
  }

  /** Returns the same object during the whole run: it is updated in place. */
  endOf(loop: number): Readonly<End> {
    const known = this.#ends.get(loop);
    if (known) return known;
    const end = { ...this.#now };
    this.#ends.set(loop, end);
    return end;
  }
}

const CLOSED = 2;
