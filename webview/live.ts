import type { Lanes } from '../src/core/lanes';
import { LiveRun } from '../src/core/live/run';
import type { Selection, State, Store } from './store';

/** Milliseconds of a frame that reading may take: the rest is for drawing. */
const READING = 3;
/** Milliseconds: a frame in which reading and drawing would take longer only reads, and the next one draws. */
const ENOUGH = 10;
/** The same for parts of what is derived anew. */
const DERIVING = 4;
/** Lanes are derived anew for at most one in so many milliseconds, at most and at least so often. */
const SHARE = 25;
const DERIVE_EVERY = 500;
const DERIVE_WITHIN = 3000;
/** Share of the last frame in what drawing is taken to cost. */
const SMOOTH = 0.3;

/** A run whose trace streams in: read a little in every frame, shown as it grows. */
export class Live {
  #run: LiveRun | undefined;
  /** Parts of what is being derived anew. */
  #parts: Generator<void> | undefined;
  /** What they took so far. */
  #cost = 0;
  /** When lanes may be derived again. */
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** There may be more to read. */
  #more = false;
  /** Deriving was put off by reading. */
  #put = false;
  /** What is read is not drawn yet. */
  #owing = false;
  /** What drawing mostly takes, and since when it goes on. */
  #drawing = 0;
  #began = 0;
  /** Lanes were derived in the frame that is being drawn. */
  #anew = false;

  constructor(
    private readonly store: Store,
    /** What lanes are first shown with. */
    private readonly shown: (lanes: Lanes) => Partial<State>,
    private readonly request: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  begin(): void {
    this.#run = new LiveRun();
    this.#parts = undefined;
    this.#cost = this.#due = this.#drawing = 0;
    this.#more = this.#put = this.#owing = this.#anew = false;
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
    if (run) this.#goOn(run);
    this.#began = performance.now();
    return !this.#owing;
  }

  /** @returns whether drawing has to wait for the next frame. */
  #read(run: LiveRun, began: DOMHighResTimeStamp): boolean {
    try {
      let read = 0;
      this.#more = false;
      while (!this.#more && run.step()) {
        read++;
        this.#more = performance.now() - began > READING;
      }
      // Not in a frame that has read as long as it may, but in every other one of those.
      const derived = (!this.#more || this.#put) && this.#derive(run);
      this.#put = this.#more && !this.#put;
      if (read > 0 || derived) this.#show(run);
      return (read > 0 || derived) && performance.now() - began + this.#drawing > ENOUGH;
    } catch (error) {
      this.end();
      this.failed(error);
      return false;
    }
  }

  /** Sees to it that there is another frame if there is more to do, as soon as that may be done. */
  #goOn(run: LiveRun): void {
    if (this.#more || this.#parts) this.request();
    else if (run.stale > 0)
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined;
          this.request();
        },
        Math.max(0, this.#due - performance.now()),
      );
  }

  /** Derives lanes anew for a while, if it is time to. @returns whether there are new ones. */
  #derive(run: LiveRun): boolean {
    const began = performance.now();
    if (!this.#parts) {
      if (run.stale === 0 || began < this.#due) return false;
      this.#parts = run.deriving();
      this.#cost = 0;
    }
    let now = began;
    let done = false;
    while (!done && now - began < DERIVING) {
      done = this.#parts.next().done === true;
      now = performance.now();
    }
    this.#cost += now - began;
    if (done) this.#parts = undefined;
    this.#anew ||= done;
    return done;
  }

  /** To be called when the frame has been drawn. */
  drawn(): void {
    const now = performance.now();
    const drawing = now - this.#began;
    // The first picture takes longer, whatever it shows.
    const first = this.#drawing === 0;
    const more = first ? 0 : Math.max(0, drawing - this.#drawing);
    if (first || !this.#anew) this.#drawing += SMOOTH * (Math.min(drawing, ENOUGH) - this.#drawing);
    if (!this.#anew) return;
    this.#anew = false;
    this.#due = now + Math.min(DERIVE_WITHIN, Math.max(DERIVE_EVERY, SHARE * (this.#cost + more)));
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
