import { type Pace, Paced, type Pieces } from '../frames/frame-budget';
import type { Asides } from '../frames/idle-tasks';
import type { Live } from './live-reader';

/**
 * What the page does while a program runs, round after round: read, one of the things that may wait, what is derived anew, a picture. Each
 * in pieces, as many in a frame as fit, so that a picture may take some frames; one that a person asks for takes one, whatever it costs.
 */
export class Rounds {
  #round: Paced | undefined;
  #prompt = false;
  /** The frame before had no room for anything but a picture that a person had asked for. */
  #starved = false;
  /** Counts those pictures: one in pieces that was begun before shows what is out of date. */
  #whole = 0;

  constructor(
    private readonly pace: Pace,
    private readonly live: Live,
    private readonly asides: Asides,
    private readonly stage: {
      /** There is something that the picture does not show. */
      readonly changed: () => boolean;
      /** @param apart it is painted elsewhere, and shown when it is whole. */
      readonly picture: (apart: boolean) => Pieces;
      readonly request: () => void;
    },
  ) {}

  /** The next picture is one that a person waits for. */
  promptly(): void {
    this.#prompt = true;
  }

  /** The run is over: what was begun is out of date. */
  end(): void {
    this.#round = undefined;
    this.#prompt = false;
  }

  frame(): void {
    this.pace.begin();
    if (this.#prompt) this.#drawWhole();
    else this.#starved = false;
    this.#round ??= new Paced(this.pace, this.#rounds());
    if (this.#round.go()) this.#round = undefined;
    if (this.#round) this.stage.request();
    else this.live.rest();
  }

  #drawWhole(): void {
    this.#prompt = false;
    this.live.settle();
    for (const _ of this.stage.picture(false));
    this.#whole++;
    // However often a person asks: in every other frame something else is done, too.
    this.#starved = !this.#starved;
    if (this.#starved) this.pace.take();
  }

  *#rounds(): Pieces {
    do {
      yield* this.live.reading();
      yield* this.asides.next();
      yield* this.live.deriving();
      if (this.stage.changed()) yield* this.#picture();
    } while (this.live.more || this.asides.any || this.stage.changed());
  }

  *#picture(): Pieces {
    const before = this.#whole;
    for (const kind of this.stage.picture(true)) {
      yield kind;
      if (this.#whole !== before) return;
    }
  }
}
