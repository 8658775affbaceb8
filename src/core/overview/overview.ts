import type { Projection } from '../axis/projection';
import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import type { CssPixels } from '../units';

/** The whole run, one column per pixel. */
export interface Overview {
  /** Share of the loops' time in which they ran anything, 0 … 1. */
  readonly busy: Float32Array;
  /** How many tasks were ready and had to wait, on average. */
  readonly waiting: Float32Array;
  /** 1 where anything ran at all, be it too short to show as a share. */
  readonly ran: Uint8Array;
}

/** Linear in the number of turns and segments. @param projection of the whole run to `width` */
export function overviewOf({ timeline, loop, loops }: Lanes, projection: Projection, width: CssPixels): Overview {
  const columns = Math.max(1, Math.floor(width));
  const { segments } = timeline;
  const busy = new Cover(columns);
  const ran = new Uint8Array(columns);
  for (let i = 0; i < loop.count; i++) {
    // Eager steps lie inside of others, which count already.
    if (loop.kind[i] === LoopKind.idle || loop.nested[i]) continue;
    const from = projection.at(loop.start[i], loop.startStep[i]);
    busy.add(from, projection.at(loop.end[i], loop.endStep[i]));
    ran[Math.max(0, Math.min(Math.floor(from), columns - 1))] = 1;
  }
  const waiting = new Cover(columns);
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready) continue;
    waiting.add(
      projection.at(segments.start[i], segments.startStep[i]),
      projection.at(segments.end[i], segments.endStep[i]),
    );
  }
  return { busy: busy.sums().map((sum) => Math.min(1, sum / loops.length)), waiting: waiting.sums(), ran };
}

/** Sums up how much of each column is covered: two writes for each stretch, and one pass at the end. */
class Cover {
  readonly #parts: Float64Array;
  readonly #whole: Float64Array;

  constructor(private readonly columns: number) {
    this.#parts = new Float64Array(columns + 1);
    this.#whole = new Float64Array(columns + 2);
  }

  add(from: CssPixels, to: CssPixels): void {
    const left = Math.max(0, from);
    const right = Math.min(this.columns, to);
    if (right <= left) return;
    const first = Math.floor(left);
    const last = Math.floor(right);
    if (first === last) {
      this.#parts[first] += right - left;
      return;
    }
    this.#parts[first] += first + 1 - left;
    this.#parts[last] += right - last;
    this.#whole[first + 1]++;
    this.#whole[last]--;
  }

  sums(): Float32Array {
    const sums = new Float32Array(this.columns);
    let whole = 0;
    for (let i = 0; i < this.columns; i++) {
      whole += this.#whole[i];
      sums[i] = whole + this.#parts[i];
    }
    return sums;
  }
}
