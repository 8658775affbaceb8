import { deriveLanes, type Lanes } from '../lanes/lanes';
import { Calls } from '../timeline/calls';
import { LoopKind } from '../timeline/loop-entries';
import { collectTurns } from '../timeline/loops';
import { type CallbackRun, type LoopStretch, State, type Task, type Timeline } from '../timeline/model';
import { TaskSegments, taskOf } from '../timeline/segments';
import { created, type TaskRecord, TELLS_OF_TASK, update } from '../timeline/tasks';
import type { Turns } from '../timeline/turns';
import type { EventColumns, UseColumns } from '../trace/columns';
import { Definitions } from '../trace/definitions';
import { EventKind, isNumbered } from '../trace/events';
import { checkTimes, firstLoop, type Records, readChunks, type Trace, tablesOf } from '../trace/read';
import { causeKinds } from '../trace/records';
import { inMemory } from '../trace/source';
import { Entries } from './batch-entries';
import { BatchSplitter } from './batch-splitter';
import { deriving } from './derive';
import { emptyTimeline, NO_STEPS, UNKNOWN } from './empty-timeline';
import { LiveLoop } from './loop';
import { LoopEnds } from './loop-ends';
import { LiveLoopLanes } from './loop-lanes';
import type { Move } from './moves';
import { LiveSegments, Region } from './segments';
import { LiveTree } from './tree';
import { LiveTurns } from './turns';
import { CollectedRows } from './typed-columns';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface LiveTask {
  readonly record: TaskRecord;
  readonly index: number;
  readonly writer: TaskSegments;
  readonly region: Region;
  /** Number of final rows; the row after them is the open one. */
  closed: number;
  /** Its entry in the timeline is complete except for its newest steps. */
  told: boolean;
}

/** Number of steps in a slice of work. */
const PART = 300;
const CANCEL = causeKinds.indexOf('cancel');
/** Events that are handled as they arrive; `derive` reads the others later. */
const DEALT_WITH: ReadonlySet<number> = new Set([
  EventKind.idle,
  EventKind.callback,
  EventKind.task,
  EventKind.name,
  EventKind.arguments,
  EventKind.grouped,
  EventKind.done,
  EventKind.before,
  EventKind.ofLibrary,
]);

/**
 * A timeline that grows while its program runs. Each batch updates tasks, their segments and the loop in the same `lanes`, at the cost
 * of the batch. `derive` makes new lanes with the rest (coroutines, output, jobs, resources …), at the cost of the whole.
 * The complete trace, read at the end, gives the same and more: findings, and the true order of turns of loops in several threads.
 */
export class LiveRun {
  lanes: Mutable<Lanes>;
  /** How many batches there were. */
  revision = 0;
  /** Number of events and uses since the last `derive`. */
  stale = 0;
  /** Moves of rows since the caller last cleared this. */
  moves: Move[] = [];
  readonly #inlet = new BatchSplitter();
  readonly #definitions = new Definitions(1 << 22);
  #timeline: Mutable<Timeline>;
  readonly #segments: LiveSegments;
  readonly #loop: LiveLoop;
  readonly #loopLanes = new LiveLoopLanes();
  readonly #tree: LiveTree;
  readonly #tasks = new Map<number, LiveTask>();
  readonly #events = new CollectedRows<EventColumns>();
  readonly #uses = new CollectedRows<UseColumns>();
  readonly #callbacks: CallbackRun[] = [];
  readonly #idle: LoopStretch[] = [];
  /** Rows of the batch that is being read, shared with the writers of segments. */
  readonly #batch: Mutable<Turns> & { meta: Trace['meta']; steps: Trace['steps'] };
  readonly #turns = new LiveTurns();
  readonly #loops = new LoopEnds();
  /** Of the batch that is being read: turns of the loop, and of its steps the index of the task and which of its rows it is. */
  readonly #entries = new Entries();
  readonly #runs: number[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #begun = false;
  readonly #calls = new Calls<TaskRecord>();

  constructor(meta: Trace['meta'] = UNKNOWN) {
    this.#batch = { meta, steps: undefined as never, count: 0, start: new Uint32Array(), end: new Uint32Array() };
    this.#segments = new LiveSegments((from, count, to) => this.#moved({ from, count, to }));
    this.#timeline = {
      ...emptyTimeline(meta),
      segments: this.#segments.table,
      sites: this.#definitions.sites,
      waits: this.#definitions.waits,
      callbacks: this.#callbacks,
      idle: this.#idle,
    };
    this.#loop = new LiveLoop(() => this.#timeline, this.#segments);
    const { index } = this.#loop;
    this.lanes = {
      ...deriveLanes(this.#timeline, { time: 0, steps: 0 }, new Map<number, number>()),
      loop: index,
      loops: [],
      cancels: new Map(),
    };
    this.#tree = new LiveTree(this.lanes);
    this.#showLoop();
  }

  push(bytes: Uint8Array): void {
    this.#inlet.push(bytes);
  }

  /** There is a batch to be read. @throws TraceError */
  get ready(): boolean {
    return this.#inlet.ready;
  }

  /** Reads the next batch. @returns false if there is none. @throws TraceError */
  step(): boolean {
    const any = this.ready;
    for (const _ of this.stepping());
    return any;
  }

  /** The same in slices: do not read `lanes` until the last one is done. @throws TraceError */
  *stepping(): Generator<void> {
    const bytes = this.#inlet.next();
    if (!bytes) return;
    const records = readChunks(inMemory(bytes), 0, this.#definitions);
    if (records.meta) this.#describe(records.meta);
    const origin = this.#begun ? undefined : firstLoop(records.events);
    if (origin !== undefined) this.#describe({ ...this.#batch.meta, origin });
    this.#begun ||= origin !== undefined;
    yield;
    yield* this.#add(records);
    this.revision++;
  }

  #describe(meta: Trace['meta']): void {
    this.#batch.meta = meta;
    this.#timeline.meta = meta;
  }

  *#add(records: Records): Generator<void> {
    const batch = this.#batch;
    const { steps: read, events: told, uses: used, end } = records;
    checkTimes(batch.meta.origin, [read.ready, read.start, read.end, told.t0, used.time]);
    const { steps, events, uses, ...places } = this.#turns.add(read, told, used);
    Object.assign(batch, { steps, ...places, count: this.#turns.count });
    this.#timeline.steps = this.#turns.count;
    const trace = this.#traceOf(steps, events, uses);
    this.#entries.clear();
    this.#takeTurns(trace);
    this.#extend(steps, events);
    this.#takeLoops(trace);
    yield;
    const touched = this.#takeTasks(trace);
    yield* this.#takeSteps(steps, touched);
    yield;
    for (const task of touched) this.#finish(task);
    yield;
    this.#enterSteps();
    // Caches about segments are keyed by this object.
    this.#timeline.segments = this.#segments.table;
    this.#loop.append(this.#entries);
    this.#showLoop();
    yield;
    const before = this.#events.count + this.#uses.count;
    this.#events.add(events, (row) => !DEALT_WITH.has(events.kind[row]));
    this.#uses.add(uses);
    this.stale += this.#events.count + this.#uses.count - before;
    if (end) this.#timeline.exit = end.exit ?? undefined;
  }

  #traceOf(steps: Trace['steps'], events: EventColumns, uses: UseColumns): Trace {
    return { meta: this.#batch.meta, ...tablesOf(this.#definitions), steps, events, uses, end: undefined };
  }

  /** Callbacks and idle waits. */
  #takeTurns(trace: Trace): void {
    const { callbacks, idle } = collectTurns(trace);
    const enter = (kind: number, ref: number, { start, startStep, endStep }: LoopStretch) =>
      this.#entries.add(kind, ref, start, startStep, endStep);
    for (const each of callbacks) enter(LoopKind.callback, this.#callbacks.push(each) - 1, each);
    for (const each of idle) enter(LoopKind.idle, this.#idle.push(each) - 1, each);
  }

  #extend(steps: Trace['steps'], events: EventColumns): void {
    for (let i = 0; i < steps.count; i++) if (steps.end[i] > this.#last) this.#last = steps.end[i];
    for (let i = 0; i < events.count; i++) {
      if (events.t0[i] > this.#last) this.#last = events.t0[i];
      if (isNumbered(events.kind[i]) || events.kind[i] === EventKind.deadline) continue;
      if (events.t1[i] > this.#last) this.#last = events.t1[i];
    }
    const time = Math.max(0, this.#last - this.#batch.meta.origin);
    this.#timeline.duration = time;
    // Open segments are drawn up to now.
    this.lanes.horizon = { time, steps: this.#turns.count };
  }

  /** A task that is pending when its loop closes will never go on. */
  #takeLoops(trace: Trace): void {
    const { time, steps } = this.lanes.horizon;
    if (this.#loops.add(trace)) this.#timeline.loops = this.#loops.all(trace);
    this.#loops.extend(time, steps);
  }

  #takeTasks(trace: Trace): Set<LiveTask> {
    const { events } = trace;
    const made = new Map<number, TaskRecord>();
    const touched = new Set<LiveTask>();
    for (let i = 0; i < events.count; i++) {
      const id = events.a[i];
      if (id === 0) continue;
      if (events.kind[i] === EventKind.task) {
        made.set(id, created(trace, i));
        continue;
      }
      if (!TELLS_OF_TASK.has(events.kind[i])) continue;
      const known = this.#tasks.get(id);
      const record = made.get(id) ?? known?.record;
      if (record) update(record, trace, i);
      if (!known || !record) continue;
      known.told = false;
      this.#touch(known, touched);
    }
    for (const record of [...made.values()].sort((a, b) => a.id - b.id)) {
      const alike = this.#calls.add(record, this.#batch.meta);
      const known = alike && this.#tasks.get(alike.id);
      if (known) {
        known.told = false;
        this.#touch(known, touched);
      }
      touched.add(this.#make(record));
    }
    return touched;
  }

  #make(record: TaskRecord): LiveTask {
    const index = this.#timeline.tasks.length;
    const region = new Region(this.#segments);
    const known = (id: number) => (!this.#batch.meta.clipped || this.#tasks.has(id) ? id : 0);
    const writer = new TaskSegments(
      this.#batch,
      this.#batch,
      region,
      index,
      record,
      this.#loops.endOf(record.loop),
      known,
    );
    const task = { record, index, writer, region, closed: 0, told: false };
    this.#tasks.set(record.id, task);
    this.#tree.add(this.#describeTask(task));
    return task;
  }

  /** Rewrites the open end of a task. */
  #touch(task: LiveTask, touched: Set<LiveTask>): void {
    if (touched.has(task)) return;
    touched.add(task);
    task.region.cut(task.closed);
  }

  *#takeSteps(steps: Trace['steps'], touched: Set<LiveTask>): Generator<void> {
    this.#runs.length = 0;
    for (let row = 0; row < steps.count; row++) {
      if (row % PART === PART - 1) yield;
      const task = this.#tasks.get(steps.task[row]);
      if (!task) continue;
      this.#touch(task, touched);
      task.writer.step(row);
      this.#runs.push(task.index, task.region.count - 1);
    }
  }

  /** Rows may move until all of them are written. */
  #enterSteps(): void {
    const runs = this.#runs;
    const { start, startStep, endStep } = this.#segments.columns;
    for (let i = 0; i < runs.length; i += 2) {
      const row = this.#timeline.tasks[runs[i]].first + runs[i + 1];
      this.#entries.add(LoopKind.step, row, start[row], startStep[row], endStep[row]);
    }
  }

  #finish(task: LiveTask): void {
    const { region, writer } = task;
    const { columns } = this.#segments;
    for (let nth = task.closed; nth < region.count; nth++) {
      const row = region.first + nth;
      if (columns.state[row] === State.ready && columns.cause[row] === CANCEL) this.#tree.cancelled(task.index, row);
    }
    task.closed = region.count;
    writer.tail();
    if (task.told) this.#extendTask(task);
    else (this.#timeline.tasks as Task[])[task.index] = this.#describeTask(task);
    task.told = true;
  }

  /** Only adds steps: nothing else about the task has changed. */
  #extendTask({ index, record, region, writer }: LiveTask): void {
    const task: Mutable<Task> = this.#timeline.tasks[index];
    task.first = region.first;
    task.count = region.count;
    if (record.ended === undefined) task.ended = this.#loops.endOf(record.loop).time;
    if (record.outcome.kind === 'cancelled' && writer.lastCancel)
      task.outcome = { ...record.outcome, ...writer.lastCancel };
  }

  #describeTask({ record, writer, region }: LiveTask): Task {
    const { origin } = this.#batch.meta;
    const { time } = this.#loops.endOf(record.loop);
    return taskOf(record, origin, writer.lastCancel, time, region.first, region.count);
  }

  #moved(move: Move): void {
    this.#loop.moved(move.from, move.count, move.to);
    this.#tree.moved(this.#segments.columns.task[move.to], move);
    this.moves.push(move);
  }

  #showLoop(): void {
    this.lanes.loops = this.#loopLanes.of(this.#timeline.loops, this.#loop.index, this.#loop.fresh);
  }

  /** Updates what is derived from all other events. Linear in the number of those events and of tasks. */
  derive(): void {
    for (const _ of this.deriving());
  }

  /** The same in slices: the run may grow in between. The result is visible after the last one. */
  *deriving(): Generator<void> {
    const known = this.stale;
    const trace = this.#traceOf(NO_STEPS, this.#events.rows, this.#uses.rows);
    const derived = yield* deriving(trace, this.#timeline);
    this.#timeline = { ...this.#timeline, ...derived };
    this.lanes = { ...this.lanes, ...deriveLanes(this.#timeline, this.lanes.horizon, this.lanes.indexOf) };
    this.#tree.adopt(this.lanes);
    this.stale -= known;
  }
}
