import type { Lanes } from '../../src/core/lanes/lanes';
import type { Move } from '../../src/core/live/moves';
import { LiveRun } from '../../src/core/live/run';
import type { WorkSlices } from '../frames/frame-budget';
import type { Selection, State, Store } from '../state/store';

/** Milliseconds of reading after which a picture is painted, even if there is more to read. */
const READING = 24;
/** Deriving lanes takes at most one in this many milliseconds. The other two bound the interval between derivations (ms). */
const SHARE = 25;
const DERIVE_EVERY = 500;
const DERIVE_WITHIN = 3000;

/** Reads a trace that streams in, in slices, and puts the growing lanes into the store. */
export class Live {
  #run: LiveRun | undefined;
  /** Of the run, what was shown last. */
  #seen = 0;
  /** Parts of what is being read. */
  #batch: Generator<void> | undefined;
  /** When lanes may be derived again. */
  #due = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    /** What lanes are first shown with. */
    private readonly shown: (lanes: Lanes) => Partial<State>,
    /** Rows of tasks went to other places. */
    private readonly moved: (moves: readonly Move[]) => void,
    private readonly request: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  begin(): void {
    this.end();
    this.#run = new LiveRun();
    this.#due = this.#seen = 0;
  }

  end(): void {
    this.#run = this.#batch = undefined;
  }

  /** A run streams in. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  append(bytes: Uint8Array): void {
    this.#run?.push(bytes);
  }

  /** There is something to read. */
  get more(): boolean {
    return this.#tried(({ ready }) => ready) ?? false;
  }

  /** Reads for one slice of time. */
  *reading(): WorkSlices {
    let spent = 0;
    while (spent < READING && this.more) {
      this.#batch = this.#tried((run) => run.stepping());
      for (let nth = 0; this.#batch; nth++) {
        yield `read ${nth}`;
        const began = performance.now();
        this.#carryOver();
        spent += performance.now() - began;
      }
    }
    this.#showRead();
  }

  /** Finishes reading the current batch, so that lanes are complete and the selection refers to valid rows. */
  settle(): void {
    while (this.#batch) this.#carryOver();
    this.#showRead();
  }

  #showRead(): void {
    if (this.#run && this.#run.revision !== this.#seen) this.#show(this.#run);
  }

  #carryOver(): void {
    const batch = this.#batch;
    if (this.#tried(() => batch?.next().done) !== false) this.#batch = undefined;
  }

  /** Derives lanes, if it is time to. */
  *deriving(): WorkSlices {
    const run = this.#run;
    if (!run || run.stale === 0 || performance.now() < this.#due) return;
    const parts = run.deriving();
    let cost = 0;
    for (let nth = 0, done = false; !done; nth++) {
      yield `derive ${nth}`;
      if (this.#run !== run) return;
      const began = performance.now();
      done = parts.next().done === true;
      cost += performance.now() - began;
    }
    // Views of new lanes cost about as much again.
    this.#due = performance.now() + Math.min(DERIVE_WITHIN, Math.max(DERIVE_EVERY, 2 * SHARE * cost));
    this.#show(run);
  }

  /** Nothing left to do: requests a frame for when lanes may be derived again. */
  rest(): void {
    if (!this.#run?.stale) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.request();
      },
      Math.max(0, this.#due - performance.now()),
    );
  }

  /** An unreadable trace ends the live run. */
  #tried<T>(act: (run: LiveRun) => T): T | undefined {
    try {
      return this.#run && act(this.#run);
    } catch (error) {
      this.end();
      this.failed(error);
      return undefined;
    }
  }

  #show(run: LiveRun): void {
    const { state } = this.store;
    this.#seen = run.revision;
    if (run.lanes.timeline.tasks.length === 0) return;
    const moves = run.moves.splice(0);
    this.moved(moves);
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

/** The selection after rows of segments have moved. */
export function movedTo(selection: Selection | undefined, { from, count, to }: Move): Selection | undefined {
  if (selection?.kind !== 'segment') return selection;
  const nth = selection.segment - from;
  return nth >= 0 && nth < count ? { kind: 'segment', segment: to + nth } : selection;
}

/** Translates a selection from live lanes to the lanes of the complete trace, where rows have other numbers. */
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

/** The selection of a task by its id, or of its n-th segment, from 0. Row numbers differ between live and complete lanes. */
export function selectionOf(lanes: Lanes, id: number, nth: number | undefined): Selection | undefined {
  const task = lanes.indexOf.get(id);
  if (task === undefined) return undefined;
  const { first, count } = lanes.timeline.tasks[task];
  const isThere = nth !== undefined && Number.isInteger(nth) && nth >= 0 && nth < count;
  return isThere ? { kind: 'segment', segment: first + nth } : { kind: 'task', task };
}
