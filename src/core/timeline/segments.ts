import { freeMemory, type StepColumn } from '../trace/columns';
import type { Trace } from '../trace/read';
import { causeKinds } from '../trace/records';
import type { Seconds } from '../units';
import { type EventLoop, Flag, type Segments, State, type Task } from './model';
import { type SegmentPass, type SegmentSink, SitesPass, TimesPass, TurnsPass, tasksOfRows } from './segment-passes';
import { grouped, type TaskRecords } from './task-records';
import { automaticName, TaskTable } from './task-table';
import { labelOf, type TaskRecord } from './tasks';
import type { Turns } from './turns';

/**
 * Steps → segments. A step knows when it became ready, began and ended; what lies between two steps is suspension.
 * So the segments of a task cover created → ended with no gap and no overlap, by construction.
 *
 * Steps and segments are most of the memory of a long run. Segments are therefore written in three passes, a few columns in each.
 * @param turns are of no use afterwards
 * @param free is told which columns of the steps no later pass reads
 */
export function buildSegments(
  trace: Trace,
  records: TaskRecords,
  turns: Turns,
  { duration, loops }: { readonly duration: Seconds; readonly loops: readonly EventLoop[] },
  free: (columns: readonly StepColumn[]) => void,
): { tasks: Task[]; segments: Segments } {
  // A task that is pending when its loop closes will never go on, though the program may.
  const whole = { time: duration, step: turns.count };
  const ends = new Map(
    loops.map(({ id, closed, closedStep }) => [id, { time: closed ?? duration, step: closedStep ?? turns.count }]),
  );
  const steps = grouped(trace.steps.count, records.count, (row) => records.placeOf(trace.steps.task[row]));
  free(['task', 'loop']);
  // Who woke a task may have ended before the record begins.
  const known = trace.meta.clipped ? (id: number) => (records.placeOf(id) === undefined ? 0 : id) : (id: number) => id;
  const write = (table: SegmentPass, done?: (record: TaskRecord, writer: TaskSegments, first: number) => void) => {
    for (let place = 0; place < records.count; place++) {
      const record = records.record(place);
      table.part();
      const first = table.count;
      const writer = new TaskSegments(trace, turns, table, place, record, ends.get(record.loop) ?? whole, known);
      for (let i = steps.first[place]; i < steps.first[place + 1]; i++) writer.step(steps.rows[i]);
      writer.finish();
      done?.(record, writer, first);
    }
  };
  const times = new TimesPass(3 * trace.steps.count + 4 * records.count);
  const tasks = new TaskTable(records.count);
  write(times, (record, { lastCancel }, first) => {
    const end = (ends.get(record.loop) ?? whole).time;
    const task = taskOf(record, trace.meta.origin, lastCancel, end, first, times.count - first);
    tasks.add(task, record.number);
  });
  free(['ready', 'start', 'end']);
  const turnsOf = new TurnsPass(times.count);
  write(turnsOf);
  free(['seq', 'waker', 'wait']);
  freeMemory(turns.end);
  const sites = new SitesPass(times.count);
  write(sites);
  free(['site', 'cause']);
  for (const column of [turns.start, steps.rows]) freeMemory(column);
  const task = tasksOfRows(tasks.tasks, times.count);
  return {
    tasks: tasks.tasks,
    segments: { count: times.count, task, ...times.columns(), ...turnsOf.columns(), ...sites.columns() },
  };
}

export function taskOf(
  record: TaskRecord,
  origin: number,
  cancel: { by: number; site: number } | undefined,
  duration: number,
  first: number,
  count: number,
): Task {
  const outcome = record.outcome.kind === 'cancelled' && cancel ? { ...record.outcome, ...cancel } : record.outcome;
  return {
    id: record.id,
    name: record.number === undefined ? record.name : automaticName(record.number),
    label: labelOf(record),
    coroutine: record.code?.function ?? '?',
    code: record.code,
    parent: record.parent,
    loop: record.loop,
    created: record.created - origin,
    createdBefore: record.before !== undefined,
    ended: record.ended === undefined ? duration : record.ended - origin,
    site: record.site,
    args: record.args,
    unique: record.unique,
    group: record.group,
    outcome,
    ...(record.unbegun ? { unbegun: true } : undefined),
    ...(record.ofLibrary ? { ofLibrary: true } : undefined),
    first,
    count,
  };
}

/** Writes the segments of one task, one step after another. */
export class TaskSegments {
  /** Up to here (time, turn) segments are written. */
  #at: number;
  #turn: number;
  #site = 0;
  #wait = 0;
  /** It has run: before its next step it is suspended. */
  #begun = false;
  /** Turn of its last step, -1 before the first. */
  #lastTurn = -1;
  lastCancel: { by: number; site: number } | undefined;

  constructor(
    private readonly trace: Pick<Trace, 'meta' | 'steps'>,
    private readonly turns: Turns,
    private readonly table: SegmentSink,
    private readonly task: number,
    private readonly record: TaskRecord,
    /** Of its loop: the last moment and the last place. */
    private readonly end: { readonly time: Seconds; readonly step: number },
    private readonly known: (task: number) => number,
  ) {
    this.#at = record.created - trace.meta.origin;
    this.#turn = record.createdTurn;
    if (record.before?.site) {
      this.#site = record.before.site;
      this.#wait = record.before.wait;
      this.#begun = true;
    }
  }

  step(row: number): void {
    const { steps, meta } = this.trace;
    const cause = steps.cause[row];
    const eager = (cause & 8) !== 0;
    const startTurn = this.turns.start[row];
    if (!eager)
      this.#becomeReady(
        steps.ready[row] - meta.origin,
        Math.min(steps.seq[row] + 1, startTurn),
        steps.waker[row],
        cause,
      );
    const start = eager ? this.#at : Math.max(steps.start[row] - meta.origin, this.#at);
    if (!eager) this.#close(start, startTurn);
    else this.#turn = startTurn;
    const flags = (eager ? Flag.eager : 0) | ((cause & 16) !== 0 ? Flag.measured : 0);
    const end = Math.max(steps.end[row] - meta.origin, start);
    this.#add(State.running, end, this.turns.end[row], 0, eager ? this.record.parent : 0, 0, flags);
    this.#site = steps.site[row];
    this.#wait = steps.wait[row];
    this.#begun = true;
    this.#lastTurn = startTurn;
  }

  /** Adds the segment that would be last if the record ended here. The next step is added as if this had not been called. */
  tail(): void {
    const kept = [this.#at, this.#turn, this.#site, this.#wait] as const;
    const [begun, open, lastCancel] = [this.#begun, this.#open, this.lastCancel];
    this.finish();
    [this.#at, this.#turn, this.#site, this.#wait] = kept;
    this.#begun = begun;
    this.#open = open;
    this.lastCancel = lastCancel;
  }

  /** What is left after the last step: a suspension without end, or a step that was cut off. */
  finish(): void {
    const { record, end } = this;
    const { origin } = this.trace.meta;
    if (record.outcome.kind !== 'pending' && record.ended !== undefined) return;
    const woken = record.woken && record.woken.turn >= this.#lastTurn ? record.woken : undefined;
    const cut = record.cut && record.cut.turn > this.#lastTurn ? record.cut : undefined;
    if (woken) {
      const turn = Math.min(woken.turn + 1, cut?.turn ?? Infinity);
      this.#becomeReady(woken.at - origin, turn, woken.waker, woken.cause);
    }
    if (cut) {
      const start = Math.max(cut.start - origin, this.#at);
      // Of a loop that is none of asyncio's own it is not known how the step came about.
      if (!this.#open && this.#begun) this.#becomeReady(start, cut.turn, 0, 0);
      if (this.#open) this.#close(start, cut.turn);
      const last = Math.max(cut.end - origin, start);
      this.#add(State.running, last, Math.max(cut.turn, this.turns.count), cut.site, 0, 0, Flag.open);
      return;
    }
    if (this.#open) this.#close(end.time, end.step, Flag.open);
    else if (this.#begun) this.#add(State.suspended, end.time, end.step, this.#site, this.#wait, 0, Flag.open);
    else this.#add(State.ready, end.time, end.step, record.site, record.parent, 1, Flag.open);
  }

  /** A ready stretch that has begun: its cause. */
  #open: { readonly site: number; readonly waker: number; readonly kind: number } | undefined;

  #becomeReady(at: number, turn: number, waker: number, cause: number): void {
    const kind = cause & 7;
    const site = cause >>> 5;
    if (kind === causeKinds.indexOf('cancel')) this.lastCancel = { by: waker, site };
    // The first stretch begins with the task itself; later ones cannot begin before the step that suspended it has ended.
    if (this.#begun)
      this.#add(State.suspended, Math.max(at, this.#at), Math.max(turn, this.#turn), this.#site, this.#wait, 0, 0);
    else this.#turn = turn;
    this.#open = { site, waker: this.known(waker), kind };
  }

  #close(end: number, turn: number, flags = 0): void {
    const { site, waker, kind } = this.#open!;
    this.#open = undefined;
    this.#add(State.ready, end, turn, site, waker, kind, flags);
  }

  #add(state: number, end: number, turn: number, site: number, about: number, cause: number, flags: number): void {
    const endTurn = Math.max(turn, this.#turn);
    this.table.add(this.task, state, this.#at, end, site, about, cause, flags, this.#turn, endTurn);
    this.#at = end;
    this.#turn = endTurn;
  }
}
