import type { Projection } from '../axis/projection';
import { type LoopIndex, LoopKind } from '../timeline/loop-entries';
import { type Segments, State } from '../timeline/model';
import type { CssPixels } from '../units';
import type { Overview } from './overview';

/** More bins than an overview has pixels, so that each column covers several. */
const BINS = 8192;
/** The last entries of a loop may still change their order. */
const UNSETTLED = 64;

/** How much of an axis is covered, and how often, in bins that become wider as the axis grows. */
class Bins {
  /** Units of the axis in a bin. */
  #width: number;
  /** Covered units of each bin: of stretches from when bins were narrower, and of those that begin or end in it. */
  #parts = new Float64Array(BINS + 1);
  /** Difference to the bin before in the number of stretches that cover all of it. */
  #steps = new Float64Array(BINS + 2);

  constructor(width: number) {
    this.#width = width;
  }

  add(from: number, to: number): void {
    while (to >= this.#width * BINS) this.#widen();
    const width = this.#width;
    const first = Math.floor(from / width);
    const last = Math.floor(to / width);
    if (first === last) {
      this.#parts[first] += to - from;
      return;
    }
    this.#parts[first] += (first + 1) * width - from;
    this.#parts[last] += to - last * width;
    this.#steps[first + 1]++;
    this.#steps[last]--;
  }

  /** @returns units covered up to a place of the axis; places are asked for in order. */
  sums(): (place: number) => number {
    const width = this.#width;
    let bin = 0;
    let depth = 0;
    let before = 0;
    const inBin = () => this.#parts[bin] + (depth + this.#steps[bin]) * width;
    return (place) => {
      const at = Math.min(Math.max(0, place), width * BINS);
      for (; (bin + 1) * width <= at && bin < BINS; bin++) {
        before += inBin();
        depth += this.#steps[bin];
      }
      return before + (inBin() * (at - bin * width)) / width;
    };
  }

  #widen(): void {
    const parts = new Float64Array(BINS + 1);
    let depth = 0;
    for (let bin = 0; bin < BINS; bin++) {
      depth += this.#steps[bin];
      parts[bin >> 1] += this.#parts[bin] + depth * this.#width;
    }
    this.#parts = parts;
    this.#steps = new Float64Array(BINS + 2);
    this.#width *= 2;
  }
}

interface Levels {
  readonly busy: Bins;
  readonly waiting: Bins;
  /** One unit for each turn that ran, however short. */
  readonly ran: Bins;
}

function levels(width: number): Levels {
  return { busy: new Bins(width), waiting: new Bins(width), ran: new Bins(width) };
}

type Source = { readonly loop: LoopIndex; readonly timeline: { readonly segments: Segments } };

/** The overview of a live run: adds what is new, at the cost of what is new. */
export class LiveOverview {
  #row = 0;
  readonly #time = levels(1e-6);
  readonly #steps = levels(1);

  /** How many entries it has taken in. */
  get taken(): number {
    return this.#row;
  }

  /** Adds what has arrived, at most `most` entries of the loop. @returns whether that was all */
  extend({ loop, timeline: { segments } }: Source, most = Number.POSITIVE_INFINITY): boolean {
    const settled = Math.max(0, loop.count - UNSETTLED);
    const to = Math.min(settled, this.#row + most);
    for (; this.#row < to; this.#row++) this.#take(loop, segments, this.#row);
    return to === settled;
  }

  #take(loop: LoopIndex, segments: Segments, i: number): void {
    if (loop.kind[i] === LoopKind.idle) return;
    // Eager steps are inside of other steps, which are counted.
    if (!loop.nested[i]) {
      this.#time.busy.add(loop.start[i], loop.end[i]);
      this.#steps.busy.add(loop.startStep[i], loop.endStep[i]);
      this.#time.ran.add(loop.start[i], loop.start[i] + 1e-9);
      this.#steps.ran.add(loop.startStep[i], loop.startStep[i] + 0.5);
    }
    const ready = loop.ref[i] - 1;
    if (loop.kind[i] !== LoopKind.step || ready < 0 || segments.state[ready] !== State.ready) return;
    if (segments.task[ready] !== segments.task[ready + 1]) return;
    this.#time.waiting.add(segments.start[ready], segments.end[ready]);
    this.#steps.waiting.add(segments.startStep[ready], segments.endStep[ready]);
  }

  /** @param projection of the whole run on `width`. @param loops how many share the time. */
  columns(projection: Projection, width: CssPixels, loops: number): Overview {
    const count = Math.max(1, Math.floor(width));
    const own = projection.axis.kind === 'steps' ? this.#steps : this.#time;
    const [busy, waiting, ran] = [own.busy.sums(), own.waiting.sums(), own.ran.sums()];
    const found = { busy: new Float32Array(count), waiting: new Float32Array(count), ran: new Uint8Array(count) };
    let from = projection.valueAt(0);
    let before = [busy(from), waiting(from), ran(from)];
    for (let x = 0; x < count; x++) {
      const to = projection.valueAt(x + 1);
      const now = [busy(to), waiting(to), ran(to)];
      const length = to - from;
      if (length > 0) {
        found.busy[x] = Math.min(1, (now[0] - before[0]) / length / loops);
        found.waiting[x] = (now[1] - before[1]) / length;
        found.ran[x] = now[2] - before[2] > 1e-12 ? 1 : 0;
      }
      from = to;
      before = now;
    }
    return found;
  }
}
