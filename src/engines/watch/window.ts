import { recentOf } from '../../core/recent/recent';
import { buildTimeline } from '../../core/timeline/build';
import type { Timeline } from '../../core/timeline/model';
import { decodeTrace } from '../../core/trace/read';
import type { Translate } from '../../core/translate';
import type { Seconds } from '../../core/units';
import { FlightRecorder } from '../flight/recorder';

/** The most that is kept, in bytes: some 300,000 steps. Of a program that is busier, fewer seconds are told of. */
const MOST_BYTES = 16 << 20;

interface Read {
  readonly timeline: Timeline;
  /** When its last record was, on the program's clock. */
  readonly last: Seconds;
  readonly ended: boolean;
  /** When requests and spans began that were open where the window begins: before 0. */
  readonly began: ReadonlyMap<number, Seconds>;
}

/** The last seconds of a trace that streams in. Times that are given are seconds of this machine's clock. */
export class Window {
  readonly #flight: FlightRecorder;
  #read: Read | undefined;
  #fresh = false;
  #arrived: Seconds = 0;
  /** How far this machine's clock is ahead of the program's, at most. */
  #ahead = Number.POSITIVE_INFINITY;
  /** Time goes on where nothing comes. */
  growing = true;

  constructor(
    private readonly length: Seconds,
    most = MOST_BYTES,
  ) {
    this.#flight = new FlightRecorder(length, most);
  }

  push(bytes: Uint8Array, now: Seconds): void {
    this.#flight.push(bytes);
    this.#fresh = true;
    this.#arrived = now;
  }

  /** @returns undefined while there is nothing @throws TraceError */
  recent(now: Seconds, t: Translate) {
    if (this.#fresh) this.#readAnew();
    if (!this.#read) return undefined;
    const { timeline, last, ended, began } = this.#read;
    const real = timeline.meta.clock === 'real' && this.growing && !ended;
    const since = real ? Math.max(0, now - this.#ahead - last) : 0;
    return recentOf(timeline, timeline.duration + since, { length: this.length, ended, began }, t);
  }

  /** The cost is that of the window, whatever is new in it. */
  #readAnew(): void {
    this.#fresh = false;
    const bytes = this.#flight.trace();
    if (bytes.length === 0 || !this.#flight.hasBegun) return;
    const trace = decodeTrace(bytes);
    const ended = trace.end !== undefined;
    const timeline = buildTimeline(trace, true);
    const last = trace.meta.origin + timeline.duration;
    if (this.growing) this.#ahead = Math.min(this.#ahead, this.#arrived - last);
    this.#read = { timeline, last, ended, began: this.#beganBefore(timeline, trace.meta.origin) };
  }
  #beganBefore({ spans }: Timeline, origin: Seconds): Map<number, Seconds> {
    const began = new Map<number, Seconds>();
    for (const { id, start } of spans) {
      const at = start === 0 ? this.#flight.spanBegan(id) : undefined;
      if (at !== undefined && at < origin) began.set(id, at - origin);
    }
    return began;
  }
}
