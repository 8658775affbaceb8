import { known } from '../trace/definitions';
import type { Trace } from '../trace/read';
import type { Resource, Uses } from './model';

/** Kinds of use in the wire format. */
const Wire = {
  taken: 1,
  given: 2,
  set: 3,
  cleared: 4,
  notified: 5,
  arrived: 6,
  left: 7,
  turned: 8,
  size: 9,
  done: 10,
  shutdown: 11,
  at: 12,
  put: 13,
  got: 14,
} as const;
const KIND_SHIFT = 5;

/** What is done with a resource. Indexed by `Uses.what`. */
export const useNames = [
  'acquired',
  'released',
  'set',
  'cleared',
  'notified',
  'arrived',
  'left',
  'turned',
  'put',
  'got',
  'done',
  'shutdown',
  'drained',
] as const;
export type UseName = (typeof useNames)[number];
export const Use = Object.fromEntries(useNames.map((name, i) => [name, i])) as Record<UseName, number>;

/** States of a barrier, by the value of `turned`. */
export const barrierStates = ['filling', 'draining', 'resetting', 'broken'] as const;

const plain: Readonly<Record<number, number>> = {
  [Wire.taken]: Use.acquired,
  [Wire.given]: Use.released,
  [Wire.set]: Use.set,
  [Wire.cleared]: Use.cleared,
  [Wire.notified]: Use.notified,
  [Wire.arrived]: Use.arrived,
  [Wire.left]: Use.left,
  [Wire.turned]: Use.turned,
  [Wire.done]: Use.done,
  [Wire.shutdown]: Use.shutdown,
};

/** Uses grouped by resource, and each resource with its rows. Uses of what is not defined are left out. */
export function collectResources(trace: Trace): { resources: Resource[]; uses: Uses } {
  const { uses: rows, meta } = trace;
  const counts = new Map<number, number>();
  const definitions = known(trace.resources);
  for (const { id } of definitions) counts.set(id, 0);
  for (let i = 0; i < rows.count; i++) {
    const id = rows.what[i] >>> KIND_SHIFT;
    const known = counts.get(id);
    if (known !== undefined && (rows.what[i] & 31) !== Wire.at) counts.set(id, known + 1);
  }
  const uses = emptyUses([...counts.values()].reduce((sum, count) => sum + count, 0));
  const histories = new Map<number, History>();
  let first = 0;
  for (const { id } of definitions) {
    histories.set(id, new History(uses, first));
    first += counts.get(id)!;
  }
  for (let i = 0; i < rows.count; i++) {
    const what = rows.what[i];
    histories
      .get(what >>> KIND_SHIFT)
      ?.add(what & 31, rows.value[i], Math.max(0, rows.time[i] - meta.origin), rows.seq[i], rows.task[i]);
  }
  const resources = definitions.map((definition) => {
    const history = histories.get(definition.id)!;
    history.end();
    return { ...definition, first: history.first, count: history.count };
  });
  return { resources, uses };
}

function emptyUses(count: number): Uses {
  return {
    count,
    time: new Float64Array(count),
    step: new Uint32Array(count),
    what: new Uint8Array(count),
    value: new Uint32Array(count),
    rest: new Uint32Array(count),
    items: new Uint32Array(count),
    task: new Uint32Array(count),
    site: new Uint32Array(count),
  };
}

/** Writes the uses of one resource. What a queue's puts and gets made of its length shows at the next use of it. */
class History {
  count = 0;
  #size = 0;
  #unfinished = 0;
  /** Row of the puts or gets whose number is not known yet. */
  #open = -1;
  /** Whether its items are in the number of unfinished ones already. */
  #counted = false;

  constructor(
    private readonly uses: Uses,
    readonly first: number,
  ) {}

  add(kind: number, value: number, time: number, step: number, task: number): void {
    if (kind === Wire.at) {
      if (this.count > 0) this.uses.site[this.first + this.count - 1] = value;
      return;
    }
    if (kind === Wire.put || kind === Wire.got) {
      this.#close(value);
      this.#size = value;
      this.#open = this.#row(kind === Wire.put ? Use.put : Use.got, value, time, step, task);
    } else if (kind === Wire.size) {
      this.#close(value);
      const what = this.#resized(value);
      if (what === undefined) return;
      this.#open = this.#row(what, value, time, step, task);
      this.#close(value);
    } else if (plain[kind] !== undefined) {
      if (kind === Wire.done) this.#done(value);
      this.#row(plain[kind], value, time, step, task);
    }
  }

  /** At the end of the record: the last put or get was at least of one item. */
  end(): void {
    if (this.#open < 0) return;
    this.#close(Math.max(0, this.#size + (this.uses.what[this.#open] === Use.put ? 1 : -1)));
  }

  #row(what: number, value: number, time: number, step: number, task: number): number {
    const { uses } = this;
    const row = this.first + this.count++;
    uses.time[row] = time;
    uses.step[row] = step;
    uses.what[row] = what;
    uses.value[row] = value;
    uses.rest[row] = this.#unfinished;
    uses.task[row] = task;
    return row;
  }

  /** It tells how many items are unfinished, those included that were put just now. */
  #done(unfinished: number): void {
    this.#unfinished = unfinished;
    if (this.#open < 0 || this.uses.what[this.#open] !== Use.put) return;
    this.#counted = true;
    this.uses.rest[this.#open] = unfinished + 1;
  }

  #close(size: number): void {
    const row = this.#open;
    if (row < 0) return;
    this.#open = -1;
    const { uses } = this;
    const items = Math.abs(size - this.#size);
    if (uses.what[row] === Use.put && !this.#counted) this.#unfinished += items;
    if (uses.what[row] === Use.drained) this.#unfinished = Math.max(0, this.#unfinished - items);
    uses.items[row] = items;
    uses.value[row] = size;
    if (uses.what[row] !== Use.got && !this.#counted) uses.rest[row] = this.#unfinished;
    this.#size = size;
    this.#counted = false;
  }

  #resized(size: number): number | undefined {
    if (size === this.#size) return undefined;
    return size > this.#size ? Use.put : size === this.#size - 1 ? Use.got : Use.drained;
  }
}
