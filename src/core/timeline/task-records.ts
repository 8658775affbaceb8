import { lowerBound } from '../sorted';
import { freeMemory } from '../trace/columns';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Code } from '../trace/records';
import { Calls } from './calls';
import { created, fill, type TaskRecord, TELLS_OF_TASK, update } from './tasks';

/**
 * All tasks of a trace, by their places in the order of ids, which is that of creation. The record of a task is made of its events each
 * time that it is asked for: those of a million tasks at once would take more memory than all else.
 */
export class TaskRecords {
  /** By place. */
  readonly ids: Uint32Array;
  /** By place: row of the event that made it. */
  readonly #made: Uint32Array;
  /** Rows of the events that tell of tasks, grouped by place, in file order. */
  readonly #told: Uint32Array;
  /** By place: where its events begin in `#told`; one more at the end. */
  readonly #first: Uint32Array;
  readonly #args: (string | undefined)[] = [];
  /** 0 not known, 1 unique, 2 not unique. */
  readonly #unique: Uint8Array;
  #record: TaskRecord | undefined;

  constructor(private readonly trace: Trace) {
    const { events } = trace;
    this.#made = rowsOfCreation(trace);
    this.ids = this.#made.map((row) => events.a[row]);
    const owner = (row: number) => {
      if (!TELLS_OF_TASK.has(events.kind[row])) return undefined;
      const place = this.placeOf(events.a[row]);
      return place !== undefined && this.#made[place] < row ? place : undefined;
    };
    ({ rows: this.#told, first: this.#first } = grouped(events.count, this.count, owner));
    this.#unique = new Uint8Array(this.count);
    this.#compareCalls();
  }

  get count(): number {
    return this.ids.length;
  }

  placeOf(id: number): number | undefined {
    const { ids } = this;
    // Mostly all are there, from 1 on.
    if (ids[id - 1] === id) return id - 1;
    const place = lowerBound(ids, id, 0, ids.length);
    return ids[place] === id ? place : undefined;
  }

  /** Good until the next call. */
  record(place: number): TaskRecord {
    const { trace } = this;
    this.#record = this.#record ? fill(this.#record, trace, this.#made[place]) : created(trace, this.#made[place]);
    const record = this.#record;
    for (let i = this.#first[place]; i < this.#first[place + 1]; i++) update(record, trace, this.#told[i]);
    // Who made a task may have ended before the record begins.
    if (this.placeOf(record.parent) === undefined) record.parent = 0;
    record.args = this.#args[place];
    record.unique = this.#unique[place] === 0 ? undefined : this.#unique[place] === 1;
    return record;
  }

  /** What each was called with, and which are the only ones that were called so. */
  #compareCalls(): void {
    const { events, codes, strings, meta } = this.trace;
    const calls = new Calls<Call>();
    for (let place = 0; place < this.count; place++) {
      const call: Call = { place, code: codes[events.c[this.#made[place]]], args: undefined, unique: undefined };
      for (let i = this.#first[place]; i < this.#first[place + 1]; i++) {
        const row = this.#told[i];
        if (events.kind[row] === EventKind.arguments) call.args = strings[events.b[row]];
      }
      const alike = calls.add(call, meta);
      if (alike) this.#unique[alike.place] = 2;
      this.#args.push(call.args);
      if (call.unique !== undefined) this.#unique[place] = call.unique ? 1 : 2;
    }
  }
}

interface Call {
  readonly place: number;
  readonly code: Code | undefined;
  args: string | undefined;
  unique: boolean | undefined;
}

/** Rows of the events that made tasks, in the order of the ids of these. Of an id that was made twice, the last. */
function rowsOfCreation({ events }: Trace): Uint32Array {
  let count = 0;
  for (let row = 0; row < events.count; row++) if (isCreation(events, row)) count++;
  const rows = new Uint32Array(count);
  let ordered = true;
  let last = 0;
  for (let row = 0, at = 0; row < events.count; row++) {
    if (!isCreation(events, row)) continue;
    ordered &&= events.a[row] > last;
    last = events.a[row];
    rows[at++] = row;
  }
  if (ordered) return rows;
  // An eager task that creates tasks in its first step is recorded after these tasks.
  rows.sort((one, other) => events.a[one] - events.a[other] || one - other);
  return rows.filter((row, at) => at + 1 === count || events.a[rows[at + 1]] !== events.a[row]);
}

/** 0 is no task: as a parent it says that there is none. */
function isCreation({ kind, a }: Trace['events'], row: number): boolean {
  return kind[row] === EventKind.task && a[row] !== 0;
}

/**
 * Rows in groups, in order within each; `first`: where those of each group begin, and one more at the end. A list for each of a million
 * groups would take ten times as much.
 * @param groupOf of a row; undefined: in none
 */
export function grouped(
  count: number,
  groups: number,
  groupOf: (row: number) => number | undefined,
): { readonly rows: Uint32Array; readonly first: Uint32Array } {
  const owners = new Uint32Array(count);
  const first = new Uint32Array(groups + 2);
  for (let row = 0; row < count; row++) {
    const owner = groupOf(row) ?? groups;
    owners[row] = owner;
    first[owner + 1]++;
  }
  for (let group = 1; group < first.length; group++) first[group] += first[group - 1];
  const next = first.slice();
  const rows = new Uint32Array(first[groups]);
  for (let row = 0; row < count; row++) if (owners[row] !== groups) rows[next[owners[row]]++] = row;
  freeMemory(owners);
  return { rows, first };
}
