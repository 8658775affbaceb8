import { joined } from '../../src/core/joined';
import { MAGIC } from '../../src/core/trace/read';
import { causeKinds } from '../../src/core/trace/records';

/** Writes traces by hand, for tests: a run is told turn by turn, the bytes are those of `docs/trace-format.md`. */

export interface StepStory {
  /** When it was scheduled, began and ended; each is by default the one before it. */
  readonly ready?: number;
  readonly start: number;
  readonly end?: number;
  readonly cause?: (typeof causeKinds)[number];
  readonly by?: number;
  /** Where the waker stood: `function:line:column`. */
  readonly from?: string;
  readonly eager?: boolean;
  /** In which turn it was scheduled: by default the last one that ended. */
  readonly seq?: number;
  /** Await chain after the step, outermost first: `function:line:column`; library frames begin with `~`. Nothing: the task is done. */
  readonly stands?: readonly string[];
  readonly wait?: readonly [kind: string, label: string, fields?: Record<string, unknown>];
}

const STEP = { f64: ['ready', 'start', 'end'], u32: ['waker', 'cause', 'site', 'wait', 'task', 'seq'] };
const USE = { f64: ['time'], u32: ['what', 'value', 'task', 'seq'] };
/** Kinds of uses of resources, as in `docs/trace-format.md`. */
const USES = [
  '',
  'taken',
  'given',
  'set',
  'cleared',
  'notified',
  'arrived',
  'left',
  'turned',
  'size',
  'done',
  'shutdown',
  'at',
  'put',
  'got',
];
const EVENT = { f64: ['t0', 't1'], u32: ['kind', 'seq', 'a', 'b', 'c', 'd'] };

export class TraceStory {
  readonly #ids = new Map<string, number>();
  readonly #counts: Record<string, number> = {};
  readonly #lines: string[] = [];
  readonly #steps: Record<string, number>[] = [];
  readonly #events: Record<string, number>[] = [];
  readonly #uses: Record<string, number>[] = [];
  /** What the header says of changed waits. */
  whatIf: readonly unknown[] = [];
  /** Whether steps that take long were looked at. */
  holds: 'sampled' | 'sleeps' | undefined;
  /** On the embedded Python computing counts as slow later. */
  engine: 'embedded' | 'interpreter' = 'interpreter';
  detail: 'full' | 'tasks' = 'full';
  #turn = 0;
  #deadlines = 0;
  #tasks = 0;
  #spans = 0;

  constructor(
    private readonly file = '/project/demo.py',
    private readonly clock: 'virtual' | 'real' = 'virtual',
  ) {}

  /** How many turns have ended. */
  get turn(): number {
    return this.#turn;
  }

  task(name: string, coroutine: string, at: number, parent = 0, line = 1): number {
    const id = ++this.#tasks;
    const site = parent === 0 ? 0 : this.#site([`main:${line}:4`]);
    this.#event(3, at, -1, id, parent, this.#code(coroutine), site);
    this.#event(4, at, at, id, this.#text(name));
    return id;
  }

  /** A task has ended before its coroutine began. */
  unbegun(task: number): this {
    return this.#event(24, 0, 0, task);
  }

  /** What a task's coroutine was called with. */
  called(task: number, args: string): this {
    return this.#event(38, 0, 0, task, this.#text(args));
  }

  step(task: number, story: StepStory): this {
    const { start, ready = start, end = start, cause = 'timer', by = 0, eager = false } = story;
    const site = story.stands ? this.#site(story.stands) : 0;
    const wait = story.wait ? this.#wait(...story.wait) : 0;
    const kind = causeKinds.indexOf(cause) + (eager ? 8 : 0) + 32 * (story.from ? this.#site([story.from]) : 0);
    const seq = story.seq ?? Math.max(0, this.#turn - 1);
    this.#steps.push({ ready, start, end, task, waker: by, cause: kind, site, wait, seq });
    this.#turn++;
    return this;
  }

  done(task: number, at: number, kind: 'result' | 'exception' | 'cancelled' = 'result', text = 'None'): this {
    return this.#event(5, at, at, task, ['', 'result', 'exception', 'cancelled'].indexOf(kind), this.#text(text));
  }

  /** Timers that were set at different moments are due then. */
  tie(at: number): this {
    return this.#event(35, at, at);
  }

  idle(from: number, to: number): this {
    this.#event(1, from, to);
    this.#turn++;
    return this;
  }

  /** `detail`: number of the job, or of the signal. */
  callback(name: string, at: number, by = 0, cause: (typeof causeKinds)[number] = 'callback', detail = 0): this {
    this.#event(2, at, at, causeKinds.indexOf(cause), by, this.#text(name), detail);
    this.#turn++;
    return this;
  }

  /** A sample of the turn that is about to be told: the stack, outermost first, as `stands` of a step, each with its source after `=`. */
  held(
    stack: readonly string[],
    from: number,
    to: number,
    { task = 1, computing = 0, blocked = 0 }: { task?: number; computing?: number; blocked?: number },
  ): this {
    const site = this.#site(stack.map((place) => place.split('=')[0]));
    const ids = this.#path(stack);
    stack.forEach((place, depth) => {
      const source = place.split('=')[1];
      if (source) this.#lines.push(JSON.stringify(['call', ids[depth], source, source.includes('(') ? 1 : 0]));
    });
    return this.#event(34, from, to, task, site, computing * 1e6, blocked * 1e6);
  }

  /** Sites of a stack, outermost first. */
  #path(stack: readonly string[]): number[] {
    const places = stack.map((place) => place.split('=')[0]);
    return places.map((_, depth) => this.#site(places.slice(0, depth + 1)));
  }

  /** A step that had not ended when the record did. */
  cut(task: number, from: number, to: number, at: string): this {
    return this.#event(14, from, to, task, this.#site([at]));
  }

  /** A task was scheduled, and its step did not end. */
  woken(task: number, at: number, by = 0, cause: (typeof causeKinds)[number] = 'timer'): this {
    return this.#event(15, at, at, task, by, causeKinds.indexOf(cause));
  }

  /** A coroutine starts in the turn that is about to be told. @returns its span id. */
  enter(task: number, coroutine: string, at: number, awaiter = 0): number {
    const id = ++this.#spans;
    this.#event(6, at, at, id, task, this.#code(coroutine), awaiter);
    return id;
  }

  leave(span: number, at: number): this {
    return this.#event(7, at, at, span, 1);
  }

  print(text: string, at: number, task = 0, place = 'main:3:4'): this {
    return this.#event(8, at, at, task, this.#site([place]), this.#text(text), 1);
  }

  group(task: number, kind: string): this {
    const id = this.#define('group', kind, () => [kind]);
    return this.#event(10, 0, 0, task, id);
  }

  log(level: 'INFO' | 'WARNING' | 'ERROR', message: string, at: number, task = 0): this {
    const number = { INFO: 20, WARNING: 30, ERROR: 40 }[level];
    const record = JSON.stringify({ logger: 'shop', level, number, message });
    return this.#event(16, at, at, task, this.#site(['main:4:4']), this.#text(record));
  }

  /** Submitted in the turn that is about to be told. @returns its number, for `jobStarted` and `jobEnded`. */
  job(kind: string, label: string, at: number, task = 0): number {
    const id = (this.#counts.job ?? 0) + 1;
    this.#define('job', String(id), () => [kind, label]);
    this.#event(20, at, at, id, task, 0, this.#site(['main:7:8']));
    return id;
  }

  jobStarted(job: number, at: number, worker = '', pid = 0): this {
    return this.#event(21, at, at, job, pid, this.#text(worker));
  }

  jobEnded(job: number, at: number, kind: 'result' | 'exception' | 'cancelled' | 'exit' = 'result', text = ''): this {
    return this.#event(
      22,
      at,
      at,
      job,
      ['', 'result', 'exception', 'cancelled', 'exit'].indexOf(kind),
      this.#text(text),
    );
  }

  resource(kind: string, name: string, fields: Record<string, unknown> = {}): number {
    return this.#define('resource', name, () => [kind, name, { site: this.#site(['main:5:4']), ...fields }]);
  }

  /** `value` of a put or got: the length before it. */
  use(resource: number, what: string, at: number, task: number, value = 0): this {
    this.#uses.push({ time: at, what: (resource << 5) + USES.indexOf(what), value, task, seq: this.#turn });
    return this;
  }

  /** A time limit. @returns its number, for `deadlineOver`. */
  deadline(task: number, at: number, due: number): number {
    const id = ++this.#deadlines;
    this.#event(31, at, due, id, task);
    return id;
  }

  deadlineOver(deadline: number, at: number, expired = false): this {
    return this.#event(32, at, at, deadline, expired ? 1 : 0);
  }

  error(type: string, message: string, at: number, task = 0, kind = 1): this {
    const detail = JSON.stringify({ type, message, traceback: `Traceback …\n${type}: ${message}` });
    return this.#event(9, at, at, task, 0, this.#text(detail), kind);
  }

  /** What ended the program. @param held of a group: type, message and place of what it holds */
  uncaught(type: string, message: string, at: number, stands: string, held: [string, string, string][] = []): this {
    const holds = held.map(([kind, what, place]) => [kind, what, this.#site([place])]);
    const traceback = `Traceback …\n${type}: ${message}`;
    const detail = JSON.stringify({ type, message, traceback, ...(holds.length > 0 ? { holds } : {}) });
    return this.#event(9, at, at, 0, this.#site([stands]), this.#text(detail), 1);
  }

  /** A task that ended with an exception. */
  failed(task: number, at: number, text: string, stands: string): this {
    return this.#event(5, at, at, task, 2, this.#text(text), this.#site([stands]));
  }

  stop(reason: string, message: string, at: number): this {
    return this.#event(13, at, at, 0, 0, this.#text(JSON.stringify({ reason, message })));
  }

  bytes({ ended = true, exit = 0 }: { ended?: boolean; exit?: number } = {}): Uint8Array {
    const meta = {
      python: '3.14.0',
      implementation: 'cpython',
      platform: 'linux',
      clock: this.clock,
      engine: this.engine,
      program: this.file,
      argv: [],
      monitoring: 'sys.monitoring',
      columns: true,
      origin: 0,
      ...(this.holds ? { holds: this.holds } : {}),
      ...(this.detail === 'tasks' ? { detail: this.detail } : {}),
      ...(this.whatIf.length > 0 ? { whatIf: this.whatIf } : {}),
    };
    const header = new Uint8Array(16);
    header.set(MAGIC);
    header[8] = 2;
    return joined([
      header,
      chunk('META', text(JSON.stringify(meta))),
      chunk('DEFS', text(this.#lines.join('\n'))),
      chunk('STEP', table(this.#steps, STEP)),
      chunk('EVNT', table(this.#events, EVENT)),
      chunk('USES', columns(this.#uses, USE)),
      ...(ended ? [chunk('END ', text(JSON.stringify({ exit, steps: this.#steps.length })))] : []),
    ]);
  }

  #event(kind: number, t0: number, t1 = t0, a = 0, b = 0, c = 0, d = 0): this {
    this.#events.push({ t0, t1, kind, seq: this.#turn, a, b, c, d });
    return this;
  }

  #define(kind: string, key: string, rest: () => unknown[]): number {
    const known = this.#ids.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const values = rest();
    const id = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = id;
    this.#ids.set(`${kind} ${key}`, id);
    this.#lines.push(JSON.stringify([kind, id, ...values]));
    return id;
  }

  #text(value: string): number {
    return this.#define('str', value, () => [value]);
  }

  #code(name: string): number {
    const library = name.startsWith('~');
    const file = this.#text(library ? '/lib/python314.zip/asyncio/tasks.py' : this.file);
    const qualname = this.#text((library ? name.slice(1) : name).replace('!', ''));
    // Functions that are no coroutines end with an exclamation mark.
    const kind = name.endsWith('!') ? 'function' : 'coroutine';
    return this.#define('code', name, () => [file, qualname, 1, kind, library ? 0 : 1]);
  }

  #site(chain: readonly string[]): number {
    let parent = 0;
    for (const place of chain) {
      const [name, line, column] = place.split(':');
      const above = parent;
      const code = this.#code(name);
      const row = Number(line);
      parent = this.#define('site', `${above} ${place}`, () => [
        above,
        code,
        row,
        Number(column),
        row,
        Number(column) + 20,
      ]);
    }
    return parent;
  }

  #wait(kind: string, label: string, fields: Record<string, unknown> = {}): number {
    return this.#define('wait', JSON.stringify([kind, label, fields]), () => [kind, label, fields]);
  }
}

function table(rows: readonly Record<string, number>[], columns: { f64: string[]; u32: string[] }): Uint8Array {
  const size = 8 + rows.length * (8 * columns.f64.length + 4 * columns.u32.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, rows.length, true);
  view.setUint32(4, 1, true);
  let at = 8;
  for (const row of rows) {
    for (const name of columns.f64) {
      view.setFloat64(at, row[name], true);
      at += 8;
    }
    for (const name of columns.u32) {
      view.setUint32(at, row[name] >>> 0, true);
      at += 4;
    }
  }
  return bytes;
}

/** Column after column, as the uses of resources are written. */
function columns(rows: readonly Record<string, number>[], { f64, u32 }: { f64: string[]; u32: string[] }): Uint8Array {
  const bytes = new Uint8Array(8 + rows.length * (8 * f64.length + 4 * u32.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, rows.length, true);
  view.setUint32(4, 1, true);
  let at = 8;
  for (const name of f64) {
    rows.forEach((row, i) => {
      view.setFloat64(at + 8 * i, row[name], true);
    });
    at += 8 * rows.length;
  }
  for (const name of u32) {
    rows.forEach((row, i) => {
      view.setUint32(at + 4 * i, row[name] >>> 0, true);
    });
    at += 4 * rows.length;
  }
  return bytes;
}

export function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  const padded = new Uint8Array(Math.ceil(bytes.length / 8) * 8).fill(32);
  padded.set(bytes);
  return padded;
}

export function chunk(tag: string, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, payload.length, true);
  bytes.set(payload, 8);
  return bytes;
}
