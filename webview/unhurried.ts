import { isLive, type State, type View } from './store';

/** From so many steps on, what takes a walk over all of them waits until the lanes are seen. */
const MANY_STEPS = 30_000;
/** Milliseconds: time for the browser to show the frame that has just been drawn. */
const AFTER = 30;
/** And for bars to come to rest where they stand in the run of the program as it was edited. */
const AFTER_EDIT = 180;

/** One of the views at a time: what they do together would be too much for one frame. */
export class Turns {
  #taken = false;

  /** @returns whether this frame is still free. */
  take(): boolean {
    if (this.#taken) return false;
    this.#taken = true;
    // When the frame is drawn.
    queueMicrotask(() => {
      this.#taken = false;
    });
    return true;
  }
}

/** A view that is brought up to date a little after the picture of a long run, of one that goes on, or of an edited program. */
export class Unhurried implements View {
  /** What the view saw last. */
  #seen: State | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  private readonly walks: boolean;
  private readonly promptly: boolean;

  constructor(
    private readonly view: View,
    private readonly request: () => void,
    private readonly turns: Turns,
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
      this.#seen = { ...state, lanes: before.lanes };
      this.view.update(this.#seen, before);
      return;
    }
    const long = isLive(state) || (state.lanes?.timeline.steps ?? 0) > MANY_STEPS;
    const many = long && !this.promptly;
    const edited = isEdited(state, before);
    if ((many || edited) && state.lanes !== before.lanes && !(this.#ready && (!many || this.turns.take()))) {
      this.#seen = before;
      if (this.#ready) {
        this.request();
        return;
      }
      // Not put off by the frames in between: there may be one after another.
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined;
          this.#ready = true;
          this.request();
        },
        edited ? AFTER_EDIT : AFTER,
      );
      return;
    }
    this.#ready = false;
    this.#seen = undefined;
    this.view.update(state, before);
  }
}

/** The lanes are those of the program that was shown before, edited: both runs are over, and one goes on from the other. */
function isEdited(state: State, before: State): boolean {
  const over = !isLive(state) && !isLive(before);
  return over && state.lanes !== undefined && before.lanes !== undefined && state.run === before.run;
}
