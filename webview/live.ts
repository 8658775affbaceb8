import type { Lanes } from '../src/core/lanes';
import { LiveRun } from '../src/core/live/run';
import type { Selection, State, Store } from './store';

/** Milliseconds of a frame that reading may take: the rest is for drawing. */
const READING = 3;
/** Milliseconds: a frame in which reading and drawing would take longer only reads, and the next one draws. */
const ENOUGH = 10;
/** A frame in which lanes are derived anew, and all that is shown of them, may take so long, and comes at most so often. */
const DERIVING = 8;
const DERIVE_EVERY = 500;

/** Share of the last frame in what drawing is taken to cost. */
const SMOOTH = 0.3;

/** A run whose trace streams in: read a little in every frame, shown as it grows. */
export class Live {
  #run: LiveRun | undefined;
  #derived = 0;
  #cost = 0;
  /** How much there was when that was measured. */
  #size = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What is read is not drawn yet. */
  #owing = false;
  /** What drawing mostly takes, and since when it goes on. */
  #drawing = 0;
  #began = 0;
  /** When the frame began in which lanes were derived. */
  #deriving: number | undefined;

  constructor(
    private readonly store: Store,
    /** What lanes are first shown with. */
    private readonly shown: (lanes: Lanes) => Partial<State>,
    private readonly request: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  begin(): void {
    this.#run = new LiveRun();
    this.#derived = this.#cost = 0;
    this.#owing = false;
  }

  end(): void {
    this.#run = undefined;
  }

  append(bytes: Uint8Array): void {
    this.#run?.push(bytes);
  }

  /** Reads for a while, unless it did in the frame before. @returns false if there is no time left in this frame to draw what there is. */
  advance(): boolean {
    const run = this.#run;
    const began = performance.now();
    if (run && !this.#owing) this.#owing = this.#read(run, began);
    else this.#owing = false;
    this.#began = performance.now();
    return !this.#owing;
  }

  /** @returns whether drawing has to wait for the next frame. */
  #read(run: LiveRun, began: DOMHighResTimeStamp): boolean {
    try {
      let read = 0;
      while (run.step()) {
        read++;
        if (performance.now() - began > READING) break;
      }
      const due = this.#mayDerive(run, began);
      // One or the other: both would be too much for one frame.
      if (due && read < 3) this.#derive(run);
      if (read > 0 || due) this.#show(run);
      if (run.stale > 0 && this.#affordable(run)) this.#timer ??= setTimeout(() => this.#again(), DERIVE_EVERY);
      if (read > 0) this.request();
      return read > 0 && performance.now() - began + this.#drawing > ENOUGH;
    } catch (error) {
      this.end();
      this.failed(error);
      return false;
    }
  }

  #mayDerive(run: LiveRun, now: number): boolean {
    return run.stale > 0 && now - this.#derived >= DERIVE_EVERY && this.#affordable(run);
  }

  #affordable(run: LiveRun): boolean {
    return (this.#cost * sizeOf(run)) / this.#size <= DERIVING;
  }

  #again(): void {
    this.#timer = undefined;
    this.request();
  }

  #derive(run: LiveRun): void {
    this.#deriving = performance.now();
    run.derive();
    this.#size = sizeOf(run);
  }

  /** To be called when the frame has been drawn. */
  drawn(): void {
    const now = performance.now();
    this.#drawing += SMOOTH * (now - this.#began - this.#drawing);
    if (this.#deriving === undefined) return;
    this.#derived = now;
    this.#cost = this.#derived - this.#deriving;
    this.#deriving = undefined;
  }

  #show(run: LiveRun): void {
    const { state } = this.store;
    if (run.lanes.timeline.tasks.length === 0) return;
    const moves = run.moves.splice(0);
    const selection = moves.reduce(movedTo, state.selection);
    const first = state.lanes === undefined ? this.shown(run.lanes) : {};
    this.store.set({
      lanes: run.lanes,
      growth: state.growth + 1,
      ...first,
      ...(selection === state.selection ? {} : { selection }),
      ...(moves.length > 0 ? { hover: undefined } : {}),
    });
  }
}

function sizeOf({ lanes: { timeline } }: LiveRun): number {
  return timeline.tasks.length + timeline.coroutines.length + timeline.uses.count + timeline.output.length + 1;
}

function movedTo(
  selection: Selection | undefined,
  { from, count, to }: { readonly from: number; readonly count: number; readonly to: number },
): Selection | undefined {
  if (selection?.kind !== 'segment') return selection;
  const nth = selection.segment - from;
  return nth >= 0 && nth < count ? { kind: 'segment', segment: to + nth } : selection;
}

/** What is selected in the lanes of a run, in those of its whole record: rows have other numbers there. */
export function sameIn(before: Lanes, after: Lanes, selection: Selection | undefined): Selection | undefined {
  if (selection?.kind !== 'segment' && selection?.kind !== 'task') return undefined;
  const { timeline } = before;
  const index = selection.kind === 'task' ? selection.task : timeline.segments.task[selection.segment];
  const id = timeline.tasks[index]?.id;
  return selectionOf(
    after,
    id,
    selection.kind === 'task' ? undefined : selection.segment - timeline.tasks[index].first,
  );
}

/** A task by its id, or its n-th segment, from 0: its rows have other numbers while the program runs. */
export function selectionOf(lanes: Lanes, id: number, nth: number | undefined): Selection | undefined {
  const task = lanes.indexOf.get(id);
  if (task === undefined) return undefined;
  const { first, count } = lanes.timeline.tasks[task];
  const isThere = nth !== undefined && Number.isInteger(nth) && nth >= 0 && nth < count;
  return isThere ? { kind: 'segment', segment: first + nth } : { kind: 'task', task };
}
