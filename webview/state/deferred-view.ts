import type { Pieces } from '../frames/frame-budget';
import type { Asides } from '../frames/idle-tasks';
import { initialState, isLive, type State, type View } from './store';

/** From so many steps on, what takes a walk over all of them waits until the lanes are seen. */
const MANY_STEPS = 30_000;
/** Milliseconds: time for the browser to show the frame that has just been drawn. */
const AFTER = 30;
/** And for bars to come to rest where they stand in the run of the program as it was edited. */
const AFTER_EDIT = 180;

/** A view that is brought up to date a little after the picture of a long run, of one that goes on, or of an edited program. */
export class Unhurried implements View {
  /** What the view saw last, if that is not what the frame before showed. */
  #seen: State | undefined;
  /** What it is to see. */
  #latest = initialState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How often the view was given something. */
  #turn = 0;
  private readonly walks: boolean;
  private readonly promptly: boolean;

  constructor(
    private readonly view: View,
    private readonly asides: Asides,
    /**
     * `walks`: it walks over all of the run: while a long one goes on, it keeps what it has. `promptly`: it takes so little that it waits
     * for nothing but the picture of an edited program.
     */
    { walks = false, promptly = false } = {},
  ) {
    this.walks = walks;
    this.promptly = promptly;
  }

  update(state: State, previous: State): void {
    const before = this.#seen ?? previous;
    if (this.walks && isLive(state) && before.lanes && state.lanes!.timeline.steps > MANY_STEPS) {
      this.#give({ ...state, lanes: before.lanes }, before);
      this.#seen = { ...state, lanes: before.lanes };
      return;
    }
    const long = isLive(state) || (state.lanes?.timeline.steps ?? 0) > MANY_STEPS;
    const many = long && !this.promptly;
    const edited = isEdited(state, before);
    // What a person chooses while a program runs is told at once.
    const chosen = isLive(state) && state.selection !== previous.selection;
    if (!(many || edited) || chosen || state.lanes === before.lanes) {
      this.#give(state, before);
      return;
    }
    this.#seen = before;
    this.#latest = state;
    // Not put off by the frames in between: there may be one after another.
    this.#timer ??= setTimeout(
      () =>
        this.asides.ask(this, () => {
          if (this.view.updating) return this.#giveBits();
          this.#give(this.#latest, this.#seen ?? this.#latest);
          return undefined;
        }),
      edited ? AFTER_EDIT : AFTER,
    );
  }

  #give(state: State, before: State): void {
    this.#forget();
    this.asides.drop(this);
    this.#seen = undefined;
    this.view.update(state, before);
  }

  /** Until the last piece the view is taken to show what it did; what is given to it meanwhile takes the place of the rest. */
  *#giveBits(): Pieces {
    this.#forget();
    const turn = this.#turn;
    const latest = this.#latest;
    this.#seen ??= latest;
    for (const kind of this.view.updating!(latest, this.#seen)) {
      yield kind;
      if (turn !== this.#turn) return;
    }
    this.#seen = this.#latest === latest ? undefined : latest;
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turn++;
  }
}

/** The lanes are those of the program that was shown before, edited: both runs are over, and one goes on from the other. */
function isEdited(state: State, before: State): boolean {
  const over = !isLive(state) && !isLive(before);
  return over && state.lanes !== undefined && before.lanes !== undefined && state.run === before.run;
}
