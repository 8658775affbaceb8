import { momentsOf, stepAt, timeAt } from '../../src/core/axis/moments';
import { unitOf } from '../../src/core/axis/projection';
import { nextTurn, turnsAtLine } from '../../src/core/places/line-events';
import type { PlayheadMove } from '../../src/core/protocol/messages';
import type { Actions } from '../interact/actions';
import { axisIn, stepsOf } from '../state/derived';
import type { State, Store } from '../state/store';

/** Plays a run: moves the playhead from frame to frame, at a speed that suits the axis. */

/** At its natural speed a run plays for about this many seconds, whether it took a microsecond or three days. */
const NATURAL_LENGTH = 15;
/** Events per second on the steps axis at the natural speed; more could not be followed. */
const NATURAL_EVENTS = { least: 2, most: 60 } as const;
export const SPEEDS = [-4, -3, -2, -1, 0, 1, 2, 3, 4] as const;

export class Player {
  /** Time of the last frame, and the exact position of the playhead: under reduced motion it is shown at the start of its event. */
  #last: { readonly at: DOMHighResTimeStamp; readonly step: number } | undefined;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
  ) {}

  /** Whole events, also from the middle of one. */
  stepBy(events: number): void {
    const { lanes, playhead } = this.store.state;
    if (!lanes) return;
    const last = stepsOf(this.store.state) - 1;
    if (playhead === undefined) this.actions.moveTo(events > 0 ? 0 : last);
    else {
      const turn = Math.floor(playhead) + (events < 0 && playhead > Math.floor(playhead) ? 1 : 0);
      this.actions.moveTo(Math.min(turn + events, last));
    }
  }

  /** A command of the host. @param at the source line, for commands about one */
  move(move: PlayheadMove, at: { readonly file: string; readonly line: number } | null): void {
    const { lanes, playhead } = this.store.state;
    if (move === 'stepOn') this.stepBy(1);
    else if (move === 'stepBack') this.stepBy(-1);
    else if (move === 'play') this.toggle();
    else if (move === 'putAway') this.actions.moveTo(undefined);
    else if (lanes && at) {
      const turns = turnsAtLine(lanes.timeline, at.file, at.line);
      const turn = nextTurn(turns, playhead, move === 'lineOn' ? 1 : -1);
      if (turn !== undefined) this.actions.moveTo(turn);
    }
    this.store.set({ driven: true });
  }

  toStart(): void {
    this.actions.moveTo(0);
  }

  toEnd(): void {
    const { state } = this.store;
    if (state.lanes) this.actions.moveTo(stepsOf(state) - 1);
  }

  toggle(): void {
    const { lanes, playing, playhead } = this.store.state;
    if (!lanes || lanes.timeline.steps === 0) return;
    this.#last = undefined;
    if (playing) this.store.set({ playing: false });
    else {
      // At the end, start again.
      const atEnd = playhead === undefined || playhead >= stepsOf(this.store.state) - 1e-3;
      this.actions.moveTo(atEnd ? 0 : playhead, { playing: true });
    }
  }

  changeSpeed(doublings: number): void {
    const speed = Math.max(SPEEDS[0], Math.min(this.store.state.speed + doublings, SPEEDS[SPEEDS.length - 1]));
    this.store.set({ speed });
  }

  /** Call before each frame. While playing, it changes the state, which requests the next frame. */
  advance(now: DOMHighResTimeStamp): void {
    const { state } = this.store;
    const { lanes, playing, playhead } = state;
    if (!lanes || !playing || playhead === undefined) {
      this.#last = undefined;
      return;
    }
    const last = this.#last ?? { at: now, step: playhead };
    // A page that was hidden continues where it was, without catching up.
    const seconds = Math.min(0.25, Math.max(0, (now - last.at) / 1000));
    const step = this.#after(state, last.step, seconds);
    const steps = stepsOf(state);
    const over = step >= steps;
    this.#last = over ? undefined : { at: now, step };
    this.actions.moveTo(this.#still.matches ? Math.min(Math.floor(step), steps - 1) : step, {
      playing: !over,
    });
  }

  #after(state: State, step: number, seconds: number): number {
    const { lanes, axis: kind, speed } = state;
    const { timeline } = lanes!;
    const { steps } = timeline;
    const way = seconds * naturalPace(timeline, kind === 'steps') * 2 ** speed;
    if (kind === 'steps') return step + way;
    const moments = momentsOf(lanes!);
    // Folded gaps pass as quickly as they are wide.
    const axis = axisIn(state);
    const unit = unitOf(axis, { time: timeAt(moments, step), step }) + way;
    const time = axis.squeeze?.time(unit) ?? unit;
    if (time >= timeline.duration) return steps;
    // Never back: several events may lie at one time.
    return Math.max(step, stepAt(moments, time));
  }
}

/** Units of the axis in a second: seconds of the run, or events. */
export function naturalPace(
  { duration, steps }: { readonly duration: number; readonly steps: number },
  inSteps: boolean,
): number {
  if (inSteps) return Math.max(NATURAL_EVENTS.least, Math.min(steps / NATURAL_LENGTH, NATURAL_EVENTS.most));
  // A run of a few seconds plays in real time.
  return duration >= 1 && duration <= 2 * NATURAL_LENGTH ? 1 : Math.max(duration, 1e-9) / NATURAL_LENGTH;
}
