import type { WorkSlices } from '../frames/frame-budget';
import type { IdleTasks } from '../frames/idle-tasks';
import { initialState, isLive, type State, type View } from './store';

/** From this many steps on, views that walk over all of them wait until the lanes are painted. */
export const MANY_STEPS = 30_000;
/** Milliseconds that the browser needs to show the frame just painted. */
const AFTER = 30;
/** Milliseconds until the bars of an edited program have moved to their new places. */
const AFTER_EDIT = 180;

/** Updates a view after the timeline has been painted, so that a slow pane never delays a frame. */
export class DeferredView implements View {
  /** The state that the view shows, if it lags behind the last frame. */
  #seen: State | undefined;
  /** The state that the view has to show next. */
  #latest = initialState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts updates, so that an update in slices notices a newer one. */
  #turn = 0;
  private readonly walks: boolean;
  private readonly promptly: boolean;

  constructor(
    private readonly view: View,
    private readonly idleTasks: IdleTasks,
    /**
     * `walks`: the view walks over the whole run, so it is not updated while a long run goes on. `promptly`: the view is cheap and is
     * deferred only while an edited program's bars move.
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
    // A selection made while a program runs shows at once.
    const chosen = isLive(state) && state.selection !== previous.selection;
    if (!(many || edited) || chosen || state.lanes === before.lanes) {
      this.#give(state, before);
      return;
    }
    this.#seen = before;
    this.#latest = state;
    // Frames that follow do not restart the timer, or a stream of them would delay the view forever.
    this.#timer ??= setTimeout(
      () =>
        this.idleTasks.ask(this, () => {
          if (this.view.updating) return this.#giveBits();
          this.#give(this.#latest, this.#seen ?? this.#latest);
          return undefined;
        }),
      edited ? AFTER_EDIT : AFTER,
    );
  }

  #give(state: State, before: State): void {
    this.#forget();
    this.idleTasks.drop(this);
    this.#seen = undefined;
    this.view.update(state, before);
  }

  /** Updates the view in slices. Until the last slice it counts as showing the old state; a newer update replaces the rest. */
  *#giveBits(): WorkSlices {
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

/** Whether the lanes are those of an edited program that continue the picture of the run before: both runs are over. */
function isEdited(state: State, before: State): boolean {
  const over = !isLive(state) && !isLive(before);
  return over && state.lanes !== undefined && before.lanes !== undefined && state.run === before.run;
}
