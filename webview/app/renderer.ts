import { axisName } from '../../src/core/words/axes';
import type { Frames } from '../frames/animation-frames';
import type { WorkSlices } from '../frames/frame-budget';
import type { IdleTasks } from '../frames/idle-tasks';
import type { PersistedState } from '../interact/persisted-state';
import type { Live } from '../live/live-reader';
import type { LiveScheduler } from '../live/live-scheduler';
import type { RerunMarks } from '../live/rerun-marks';
import type { NameColumn } from '../names/column';
import { type Names, scrollIntoView } from '../names/names';
import type { TaskStates } from '../names/task-states';
import type { Parts } from '../page/shell';
import type { Player } from '../playback/player';
import type { Playhead } from '../playback/playhead';
import type { FutureCover } from '../predict/future-cover';
import type { Stage } from '../stage/stage';
import { MANY_STEPS } from '../state/deferred-view';
import { initialState, type State, type Store, type View } from '../state/store';
import type { DragHandle } from '../what-if/drag-handle';

/** Milliseconds of a frame for panes of a long run: input is answered between two of them. */
const IDLE_SHARE = 8;

/** What the renderer brings up to date. `views` stand around the lanes, the rest lies on them. */
export interface Rendered {
  readonly views: readonly View[];
  readonly stage: Stage;
  readonly names: Names;
  readonly column: NameColumn;
  readonly taskStates: TaskStates;
  readonly dragHandle: DragHandle;
  readonly overview: View;
  readonly playhead: Playhead;
  readonly futureCover: FutureCover;
}

/** Draws the page from the state, once a frame: at once for the user, in slices while a run streams in. */
export class Renderer {
  #drawn: State = initialState;
  /** A task whose row is to be scrolled to, as soon as there is one: its parent may just be opening. */
  #sought: number | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly store: Store,
    private readonly frames: Frames,
    private readonly live: Live,
    private readonly idleTasks: IdleTasks,
    private readonly player: Player,
    private readonly persisted: PersistedState,
    private readonly rerunMarks: RerunMarks,
    private readonly rendered: Rendered,
    private readonly scheduler: LiveScheduler,
  ) {}

  /** Whether the state has changed since the last picture. */
  get outdated(): boolean {
    return this.store.state !== this.#drawn;
  }

  /** The state has changed. A run that grows is drawn as it fits, anything else at once: the user waits for it. */
  changed(patch: Partial<State>): void {
    if (patch.growth === undefined || !this.#drawn.lanes) this.promptly();
    else this.frames.request();
  }

  /** Bytes of a live run have arrived. */
  appended(): void {
    this.frames.request();
  }

  /** Scrolls to the row of a task, as soon as there is one. */
  scrollTo(task: number): void {
    this.#sought = task;
    this.promptly();
  }

  promptly(): void {
    this.scheduler.promptly();
    this.frames.request();
  }

  draw(now: DOMHighResTimeStamp): void {
    this.player.advance(now);
    if (this.live.isRunning) {
      this.scheduler.frame();
      return;
    }
    this.scheduler.end();
    const { lanes } = this.store.state;
    if (!lanes || lanes.timeline.steps <= MANY_STEPS) this.idleTasks.all();
    else if (this.idleTasks.some(IDLE_SHARE)) this.frames.request();
    for (const _ of this.picture(false));
  }

  /** Brings everything up to date. @param apart spread over some frames, which show the picture before until it is complete */
  *picture(apart: boolean): WorkSlices {
    yield 'views';
    const { views, stage, names, column, taskStates, dragHandle, overview, playhead, futureCover } = this.rendered;
    const { state } = this.store;
    const previous = this.#drawn;
    this.#drawn = state;
    if (state !== previous) this.#updatePage(state, previous);
    for (const view of views) view.update(state, previous);
    // Lanes last: they get the room that the other parts leave.
    stage.arrange(state, previous, (rows) => column.arranged(rows, state));
    this.#scrollToSought();
    yield* stage.drawing(state, apart, () => {
      names.update(state);
      taskStates.update(state);
    });
    dragHandle.update(state);
    overview.update(state, previous);
    playhead.update(state, previous);
    futureCover.update(state);
    this.rerunMarks.drawn();
    if (this.persisted.drawn()) this.promptly();
  }

  #scrollToSought(): void {
    if (this.#sought === undefined) return;
    const { rows } = this.rendered.stage;
    const row = rows.find((candidate) => candidate.kind === 'task' && candidate.task === this.#sought);
    if (row) scrollIntoView(this.parts, row, rows[0].height);
    this.#sought = undefined;
  }

  /** Writes only what has changed: each write makes the browser lay out the page. */
  #updatePage({ locale, compact, axis, words }: State, previous: State): void {
    const { app, corner, sash } = this.parts;
    if (locale !== previous.locale || !document.documentElement.lang) document.documentElement.lang = locale;
    if (compact !== previous.compact) app.classList.toggle('compact', compact);
    if (axis === previous.axis && words === previous.words && corner.textContent) return;
    corner.textContent = axisName(axis, words);
    sash.setAttribute('aria-label', words('Height of the panes'));
  }
}
