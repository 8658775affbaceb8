import { firstWhere } from '../sorted';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Code } from '../trace/records';
import type { Outcome, Segments, Task } from './model';
import { parseObject } from './parse-object';
import { requestTitle } from './spans';

/** A task as its events tell it, before its segments are known. */
export interface TaskRecord {
  id: number;
  /** Empty while `number` tells it. */
  name: string;
  /** Its name is `Task-number`; undefined: it is another one. */
  number: number | undefined;
  code: Code | undefined;
  parent: number;
  loop: number;
  /** On the trace's clock, not yet relative to the origin. */
  created: number;
  createdTurn: number;
  site: number;
  /** What its coroutine was called with; undefined where that is not known. */
  args: string | undefined;
  /** No other task runs the same with the same arguments; undefined while that is not known. */
  unique: boolean | undefined;
  /** What `coroscope.label()` calls it. */
  label: string | undefined;
  /** The request that it serves; `many`: there were others before. */
  request: { name: string; status: number | undefined; readonly many: boolean } | undefined;
  group: { readonly id: number; readonly kind: string } | undefined;
  outcome: Outcome;
  unbegun: boolean;
  ofLibrary: boolean;
  ended: number | undefined;
  /** Made before the record begins; where it stood then, and what it waited for (0: it had not begun). */
  before: { readonly site: number; readonly wait: number } | undefined;
  /** A step that was running at `end`; it counts if no step with that turn was recorded later. */
  cut: { readonly start: number; readonly end: number; readonly site: number; readonly turn: number } | undefined;
  /** Scheduled: its step never began, or is the one that was cut. */
  woken: { readonly at: number; readonly turn: number; readonly waker: number; readonly cause: number } | undefined;
}

export function created(trace: Trace, row: number): TaskRecord {
  return fill(
    {
      id: 0,
      name: '',
      number: undefined,
      code: undefined,
      parent: 0,
      loop: 0,
      created: 0,
      createdTurn: 0,
      site: 0,
      args: undefined,
      unique: undefined,
      label: undefined,
      request: undefined,
      group: undefined,
      outcome: PENDING,
      unbegun: false,
      ofLibrary: false,
      ended: undefined,
      before: undefined,
      cut: undefined,
      woken: undefined,
    },
    trace,
    row,
  );
}

/** Makes a record that of a task that was just created. */
export function fill(record: TaskRecord, { events, codes }: Trace, row: number): TaskRecord {
  const number = events.t1[row];
  record.id = events.a[row];
  record.name = '';
  record.number = number >= 0 ? number : undefined;
  record.code = codes[events.c[row]];
  // Ids are given in the order of creation: a parent that is no older is damage, and would make the tree a circle.
  record.parent = events.b[row] < events.a[row] ? events.b[row] : 0;
  record.loop = events.loop[row];
  record.created = events.t0[row];
  record.createdTurn = events.seq[row];
  record.site = events.d[row];
  record.args = undefined;
  record.unique = undefined;
  record.label = undefined;
  record.request = undefined;
  record.group = undefined;
  record.outcome = PENDING;
  record.unbegun = false;
  record.ofLibrary = false;
  record.ended = undefined;
  record.before = undefined;
  record.cut = undefined;
  record.woken = undefined;
  return record;
}

/** Kinds of events that tell something of a task that is there already, and that `update` takes; their `a` is its id. */
export const TELLS_OF_TASK: ReadonlySet<number> = new Set([
  EventKind.name,
  EventKind.arguments,
  EventKind.grouped,
  EventKind.done,
  EventKind.before,
  EventKind.cut,
  EventKind.woken,
  EventKind.unbegun,
  EventKind.label,
  EventKind.request,
  EventKind.spanTold,
  EventKind.ofLibrary,
]);

export function update(task: TaskRecord, { events, strings, groups }: Trace, i: number): void {
  switch (events.kind[i]) {
    case EventKind.name:
      if (strings[events.b[i]] === undefined) break;
      task.name = strings[events.b[i]];
      task.number = undefined;
      break;
    case EventKind.arguments:
      task.args = strings[events.b[i]];
      break;
    case EventKind.label:
      task.label = strings[events.b[i]];
      break;
    case EventKind.request:
      task.request = { name: '', status: undefined, many: task.request !== undefined };
      tellRequest(task, strings[events.c[i]]);
      break;
    case EventKind.spanTold:
      tellRequest(task, strings[events.c[i]]);
      break;
    case EventKind.grouped:
      task.group = groups[events.b[i]];
      break;
    case EventKind.done:
      if (events.b[i] !== 4) task.ended = events.t0[i];
      task.outcome = outcomeOf(events.b[i], events.c[i], events.d[i], strings);
      break;
    case EventKind.unbegun:
      task.unbegun = true;
      break;
    case EventKind.ofLibrary:
      task.ofLibrary = true;
      break;
    case EventKind.before:
      task.before = { site: events.b[i], wait: events.c[i] };
      break;
    case EventKind.cut:
      task.cut = { start: events.t0[i], end: events.t1[i], site: events.b[i], turn: events.seq[i] };
      break;
    case EventKind.woken:
      task.woken = { at: events.t0[i], turn: events.seq[i], waker: events.b[i], cause: events.c[i] };
      break;
  }
}

function tellRequest({ request }: TaskRecord, text: string | undefined): void {
  if (!request) return;
  const { name, status } = parseObject(text);
  if (typeof name === 'string') request.name = name;
  if (typeof status === 'number') request.status = status;
}

/** What a task is called instead of what it runs; undefined: nothing. */
export function labelOf({ label, request }: TaskRecord): string | undefined {
  if (label !== undefined && label !== '') return label;
  return request && !request.many ? requestTitle(request.name, request.status) : undefined;
}

function outcomeOf(kind: number, about: number, site: number, strings: Trace['strings']): Outcome {
  if (kind === 1) return resultOf(strings[about] ?? '');
  if (kind === 2) return { kind: 'exception', text: strings[about] ?? '', site };
  if (kind === 3)
    return { kind: 'cancelled', text: '', by: 0, site, ...(about === 0 ? undefined : { asked: about === 1 }) };
  return PENDING;
}

const PENDING: Outcome = { kind: 'pending' };
let lastResult: Extract<Outcome, { kind: 'result' }> = { kind: 'result', text: '' };

/** Tasks that end alike, one after another, share their outcome. */
function resultOf(text: string): Outcome {
  if (lastResult.text !== text) lastResult = { kind: 'result', text };
  return lastResult;
}

/** The last segment of a task that begins before a place on the steps axis. */
export function lastBefore(
  { startStep }: Pick<Segments, 'startStep'>,
  first: number,
  count: number,
  step: number,
): number | undefined {
  const low = firstWhere(first, first + count, (i) => startStep[i] >= step);
  return low > first ? low - 1 : undefined;
}

/** Tasks are ordered by their ids: the index of one, -1 if it is not there. */
export function taskIndex(tasks: readonly Task[], id: number): number {
  if (tasks[id - 1]?.id === id) return id - 1;
  const low = firstWhere(0, tasks.length, (i) => tasks[i].id >= id);
  return tasks[low]?.id === id ? low : -1;
}

/** Index of the task with an id; undefined: it is not there. */
export interface Indices {
  get(id: number): number | undefined;
}

/** Of tasks that are ordered by their ids. A map of a million would take as much memory as they do. */
export function indicesOf(tasks: readonly Task[]): Indices {
  return {
    get(id) {
      const index = taskIndex(tasks, id);
      return index < 0 ? undefined : index;
    },
  };
}
