import { NOBODY, type Segments, type Task } from './model';

/** Where segments are written to. */
export interface SegmentSink {
  add(
    task: number,
    state: number,
    start: number,
    end: number,
    site: number,
    about: number,
    cause: number,
    flags: number,
    startStep: number,
    endStep: number,
  ): void;
}

/** Writes some columns of all segments. Every pass is given the same rows. */
export abstract class SegmentPass implements SegmentSink {
  count = 0;
  /** The last row is nobody's, or there is none. */
  #parted = true;

  add(
    _task: number,
    state: number,
    start: number,
    end: number,
    site: number,
    about: number,
    cause: number,
    flags: number,
    startStep: number,
    endStep: number,
  ): void {
    this.#parted = false;
    this.write(this.count++, state, start, end, site, about, cause, flags, startStep, endStep);
  }

  /**
   * What comes is of another task. Each segment of a task begins where the one before it ended, on both axes: so starts and ends are the
   * same numbers, one row apart, and stand in one buffer. Between two tasks, whose ends and starts are different ones, is a row of nobody.
   */
  part(): void {
    if (this.#parted) return;
    this.#parted = true;
    this.nobody(this.count++);
  }

  protected nobody(_row: number): void {}

  protected abstract write(
    row: number,
    state: number,
    start: number,
    end: number,
    site: number,
    about: number,
    cause: number,
    flags: number,
    startStep: number,
    endStep: number,
  ): void;
}

export class TimesPass extends SegmentPass {
  readonly #times: Float64Array;
  readonly #state: Uint8Array;
  readonly #flags: Uint8Array;

  /** @param capacity memory of rows that are not written is never used */
  constructor(capacity: number) {
    super();
    this.#times = new Float64Array(capacity + 1);
    this.#state = new Uint8Array(capacity);
    this.#flags = new Uint8Array(capacity);
  }

  columns(): Pick<Segments, 'start' | 'end' | 'state' | 'flags'> {
    const { count } = this;
    const [start, end] = [this.#times.subarray(0, count), this.#times.subarray(1, count + 1)];
    return { start, end, state: this.#state.subarray(0, count), flags: this.#flags.subarray(0, count) };
  }

  protected override write(
    row: number,
    state: number,
    start: number,
    end: number,
    _site: number,
    _about: number,
    _cause: number,
    flags: number,
  ): void {
    this.#times[row] = start;
    this.#times[row + 1] = end;
    this.#state[row] = state;
    this.#flags[row] = flags;
  }

  protected override nobody(row: number): void {
    this.#state[row] = NOBODY;
  }
}

export class TurnsPass extends SegmentPass {
  readonly #steps: Uint32Array;
  readonly #about: Uint32Array;

  constructor(rows: number) {
    super();
    this.#steps = new Uint32Array(rows + 1);
    this.#about = new Uint32Array(rows);
  }

  columns(): Pick<Segments, 'startStep' | 'endStep' | 'about'> {
    return { startStep: this.#steps.subarray(0, -1), endStep: this.#steps.subarray(1), about: this.#about };
  }

  protected override write(
    row: number,
    _state: number,
    _start: number,
    _end: number,
    _site: number,
    about: number,
    _cause: number,
    _flags: number,
    startStep: number,
    endStep: number,
  ): void {
    this.#steps[row] = startStep;
    this.#steps[row + 1] = endStep;
    this.#about[row] = about;
  }
}

export class SitesPass extends SegmentPass {
  readonly #site: Uint32Array;
  readonly #cause: Uint8Array;

  constructor(rows: number) {
    super();
    this.#site = new Uint32Array(rows);
    this.#cause = new Uint8Array(rows);
  }

  columns(): Pick<Segments, 'site' | 'cause'> {
    return { site: this.#site, cause: this.#cause };
  }

  protected override write(
    row: number,
    _state: number,
    _start: number,
    _end: number,
    site: number,
    _about: number,
    cause: number,
  ): void {
    this.#site[row] = site;
    this.#cause[row] = cause;
  }
}

/** For each row the place of its task. A row of nobody has that of the task before it. */
export function tasksOfRows(tasks: readonly Task[], rows: number): Uint32Array {
  const column = new Uint32Array(rows);
  let until = rows;
  for (let place = tasks.length - 1; place >= 0; place--) {
    const { first, count } = tasks[place];
    if (count === 0) continue;
    column.fill(place, first, until);
    until = first;
  }
  return column;
}
