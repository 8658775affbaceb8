import { type FrameBudget, SlicedWork, type WorkSlices } from '../frames/frame-budget';
import type { IdleTasks } from '../frames/idle-tasks';
import type { Live } from './live-reader';

/**
 * Splits the work of a live run into slices that fit a frame: decode what arrived, do one idle task, derive the lanes, paint. A picture
 * may be spread over some frames; one that the user asked for is painted in a single frame, whatever it costs.
 */
export class LiveScheduler {
  #work: SlicedWork | undefined;
  #prompt = false;
  /** The last frame did nothing but paint a picture that the user had asked for. */
  #starved = false;
  /** Counts pictures painted in one frame. A sliced picture that began before the last of them is out of date. */
  #whole = 0;

  constructor(
    private readonly budget: FrameBudget,
    private readonly live: Live,
    private readonly idleTasks: IdleTasks,
    private readonly stage: {
      /** Whether the state has changed since the last picture. */
      readonly changed: () => boolean;
      /** @param apart paints to the back buffer, and shows it when the picture is complete. */
      readonly picture: (apart: boolean) => WorkSlices;
      readonly request: () => void;
    },
  ) {}

  /** Paints the next picture in one frame, because the user waits for it. */
  promptly(): void {
    this.#prompt = true;
  }

  /** Drops unfinished work: the run is over. */
  end(): void {
    this.#work = undefined;
    this.#prompt = false;
  }

  frame(): void {
    this.budget.begin();
    if (this.#prompt) this.#drawWhole();
    else this.#starved = false;
    this.#work ??= new SlicedWork(this.budget, this.#slices());
    if (this.#work.go()) this.#work = undefined;
    if (this.#work) this.stage.request();
    else this.live.rest();
  }

  #drawWhole(): void {
    this.#prompt = false;
    this.live.settle();
    for (const _ of this.stage.picture(false));
    this.#whole++;
    // Even under constant input, every other frame leaves time for other work.
    this.#starved = !this.#starved;
    if (this.#starved) this.budget.take();
  }

  *#slices(): WorkSlices {
    do {
      yield* this.live.reading();
      yield* this.idleTasks.next();
      yield* this.live.deriving();
      if (this.stage.changed()) yield* this.#picture();
    } while (this.live.more || this.idleTasks.any || this.stage.changed());
  }

  *#picture(): WorkSlices {
    const before = this.#whole;
    for (const kind of this.stage.picture(true)) {
      yield kind;
      if (this.#whole !== before) return;
    }
  }
}
