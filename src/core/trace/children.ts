import type { EventColumns, StepColumns, UseColumns } from './columns';
import { LONGEST_WALK } from './compact-waits';
import { ID_FIELDS, type IdKind, SITED_JSON } from './event-ids';
import { EventKind } from './events';
import type { ResourceDefinition, Site, TraceProcess, Wait } from './records';
import type { Trace } from './trace';

type Offsets = Record<IdKind, number>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** No array has more places. */
const MOST_TEXTS = 2 ** 32 - 2;
/** A use that tells the place of the one before. */
const PLACE_OF_USE = 12;
/** Cause of a callback that handles a signal. */
const SIGNAL = 8;

/**
 * One trace of a program and of the processes that it started, each of which recorded itself: their ids are moved behind those that are
 * there. They need no other clock: the monotonic clock of a machine is the same in all its processes.
 */
export function withChildren(trace: Trace, children: readonly Trace[]): Trace {
  const recorded = children.filter(hasLoops);
  const own = { pid: trace.meta.pid ?? 0, argv: [trace.meta.program, ...trace.meta.argv] };
  const processes: TraceProcess[] = [{ ...own, loops: loopIds(trace), ended: trace.end !== undefined }];
  // Its tables grow in place: to copy one whose ids lie far apart would take minutes.
  const merged: Mutable<Trace> = { ...trace };
  const steps = [trace.steps];
  const events = [trace.events];
  const uses = [trace.uses];
  let offsets = idsAfter(trace, ZERO);
  let added = 0;
  for (const child of recorded) {
    const after = idsAfter(child, offsets);
    // They would stand for other things.
    if (!fit(after)) continue;
    added++;
    const moved = new Moved(child, offsets, merged);
    steps.push(moved.steps());
    events.push(moved.events());
    uses.push(moved.uses());
    const { pid = 0, program, argv } = child.meta;
    const loops = loopIds(child).map((id) => id + offsets.loop);
    processes.push({ pid, argv: [program, ...argv], loops, ended: child.end !== undefined });
    offsets = after;
    // Texts of it that hold ids were made anew.
    offsets.text = Math.max(offsets.text, merged.strings.length);
  }
  merged.steps = joined(steps);
  merged.events = joined(events);
  merged.uses = joined(uses);
  const origins = [trace, ...recorded].filter(hasLoops).map(({ meta }) => meta.origin);
  merged.meta = { ...trace.meta, origin: Math.min(...(origins.length > 0 ? origins : [trace.meta.origin])) };
  return { ...merged, processes, unrecorded: children.length - added };
}

const TABLES = ['strings', 'codes', 'sites', 'waits', 'groups', 'jobs', 'resources'] as const;
const ZERO: Offsets = {
  task: 0,
  site: 0,
  text: 0,
  code: 0,
  loop: 0,
  job: 0,
  coroutine: 0,
  with: 0,
  deadline: 0,
  span: 0,
  group: 0,
  wait: 0,
  resource: 0,
};

function hasLoops(trace: Trace): boolean {
  return trace.steps.count > 0 || trace.events.kind.includes(EventKind.loop);
}

/** Those that did something, too: one that was damaged may not say that they began. */
function loopIds({ events, steps }: Trace): number[] {
  const ids = new Set<number>(steps.loop);
  events.kind.forEach((kind, row) => {
    if (kind === EventKind.loop) ids.add(events.a[row]);
  });
  return [...ids].sort((a, b) => a - b);
}

/** The highest id of each kind in a trace, moved by what was there before. */
function idsAfter(trace: Trace, before: Offsets): Offsets {
  const highest: Offsets = { ...ZERO };
  const { events, steps } = trace;
  for (let row = 0; row < events.count; row++) {
    const fields = ID_FIELDS[events.kind[row]];
    fields?.forEach((kind, i) => {
      const value = events[COLUMNS[i]][row];
      // Other tables are as long as their highest id.
      if (kind && kind in COUNTED && value > highest[kind]) highest[kind] = value;
    });
  }
  for (let row = 0; row < steps.count; row++) {
    if (steps.task[row] > highest.task) highest.task = steps.task[row];
    if (steps.loop[row] > highest.loop) highest.loop = steps.loop[row];
  }
  highest.text = trace.strings.length;
  highest.code = trace.codes.length;
  highest.site = trace.sites.length;
  highest.wait = trace.waits.length;
  highest.group = trace.groups.length;
  highest.job = Math.max(highest.job, trace.jobs.length);
  highest.resource = trace.resources.length;
  const kinds = Object.keys(ZERO) as IdKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, before[kind] + highest[kind]])) as Offsets;
}

/** Whether ids up to these fit into the columns that hold them; of sites and resources there is a number in the lowest bits. */
function fit(highest: Offsets): boolean {
  const most = (kind: string) => (kind === 'site' || kind === 'resource' ? 2 ** 27 : MOST_TEXTS);
  return Object.entries(highest).every(([kind, id]) => id < most(kind));
}

const COLUMNS = ['a', 'b', 'c', 'd'] as const;
const COUNTED = { task: 1, loop: 1, job: 1, coroutine: 1, with: 1, deadline: 1, span: 1 } as const;

/** The rows of one child with moved ids; its definitions are added to `whole`. */
class Moved {
  readonly #texts = new Map<number, number>();
  readonly #firstLoop: number;

  constructor(
    private readonly child: Trace,
    private readonly offsets: Offsets,
    private readonly whole: Mutable<Trace>,
  ) {
    [this.#firstLoop] = loopIds(child);
    const { strings, codes, groups, jobs } = child;
    this.#add('strings', strings, offsets.text, (text) => text);
    this.#add('codes', codes, offsets.code, (code) => code);
    this.#add('sites', child.sites, offsets.site, (site) => site && this.#site(site));
    this.#add('waits', child.waits, offsets.wait, (wait) => wait && this.#wait(wait));
    this.#add('groups', groups, offsets.group, (group) => group && { ...group, id: group.id + offsets.group });
    this.#add('jobs', jobs, offsets.job, (job) => job);
    this.#add('resources', child.resources, offsets.resource, (each) => each && this.#resource(each));
  }

  steps(): StepColumns {
    const { steps } = this.child;
    return {
      ...steps,
      task: this.#ids(steps.task, 'task'),
      waker: this.#ids(steps.waker, 'task'),
      cause: steps.cause.map((cause) => this.#cause(cause)),
      site: this.#ids(steps.site, 'site'),
      wait: this.#ids(steps.wait, 'wait'),
      loop: steps.loop.map((loop) => this.#loop(loop)),
    };
  }

  events(): EventColumns {
    const { events } = this.child;
    // Why its record ends is not why that of the whole program does.
    const rows = Uint32Array.from({ length: events.count }, (_, row) => row).filter(
      (row) => events.kind[row] !== EventKind.stop,
    );
    const pick = <C extends Float64Array | Uint32Array>(column: C) =>
      (column instanceof Float64Array
        ? Float64Array.from(rows, (row) => column[row])
        : Uint32Array.from(rows, (row) => column[row])) as C;
    const { t0, t1, kind, seq, a, b, c, d, loop } = events;
    const made = { t0: pick(t0), t1: pick(t1), kind: pick(kind), seq: pick(seq) };
    const moved = { ...made, a: pick(a), b: pick(b), c: pick(c), d: pick(d), loop: pick(loop), count: rows.length };
    for (let row = 0; row < moved.count; row++) this.#event(moved, row);
    return moved;
  }

  uses(): UseColumns {
    const { uses } = this.child;
    return {
      ...uses,
      what: uses.what.map((what) => what + this.offsets.resource * 32),
      value: uses.value.map((value, row) =>
        uses.what[row] % 32 === PLACE_OF_USE && value > 0 ? value + this.offsets.site : value,
      ),
      task: this.#ids(uses.task, 'task'),
      loop: uses.loop.map((loop) => this.#loop(loop)),
    };
  }

  #event(events: EventColumns, row: number): void {
    const kind = events.kind[row];
    const fields = ID_FIELDS[kind] ?? [];
    const isSignal = kind === EventKind.callback && events.a[row] === SIGNAL;
    const isCancelled = kind === EventKind.done && events.b[row] === 3;
    fields.forEach((id, i) => {
      const column = events[COLUMNS[i]];
      if (!id || column[row] === 0 || (isSignal && i === 3) || (isCancelled && i === 2)) return;
      column[row] = SITED_JSON.has(kind) && id === 'text' ? this.#text(column[row]) : column[row] + this.offsets[id];
    });
    if (kind === EventKind.woken) events.c[row] = this.#cause(events.c[row]);
    if (kind === EventKind.coroutineStarted && events.t1[row] > 0) events.t1[row] += this.offsets.site;
    if (kind === EventKind.loop && events.b[row] !== 2) events.c[row] = this.#thread(events.c[row]);
    events.loop[row] = this.#loop(events.loop[row]);
  }

  /** Events of no loop are those of its first one: their turns are counted by it. */
  #loop(loop: number): number {
    return (loop === 0 ? this.#firstLoop : loop) + this.offsets.loop;
  }

  /** `site << 5` and what it is. */
  #cause(cause: number): number {
    return cause >>> 5 === 0 ? cause : (cause + this.offsets.site * 32) >>> 0;
  }

  /** Threads of several processes have the same names. */
  #thread(moved: number): number {
    const name = this.whole.strings[moved] ?? '';
    const own = name === '' || name === 'MainThread' ? '' : ` · ${name}`;
    return this.#newText(`pid ${this.child.meta.pid ?? '?'}${own}`);
  }

  /** A JSON text in which ids are moved. */
  #text(id: number): number {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const { site, code } = this.offsets;
    let made = id + this.offsets.text;
    try {
      const value = JSON.parse(this.child.strings[id] ?? '') as Record<string, unknown>;
      const moved = { ...value };
      if (typeof value.site === 'number' && value.site > 0) moved.site = value.site + site;
      if (typeof value.code === 'number' && value.code > 0) moved.code = value.code + code;
      if (Array.isArray(value.holds))
        moved.holds = value.holds.map((each: unknown) =>
          Array.isArray(each) && typeof each[2] === 'number' && each[2] > 0 ? [each[0], each[1], each[2] + site] : each,
        );
      made = this.#newText(JSON.stringify(moved));
    } catch {
      // It says nothing, here as there.
    }
    this.#texts.set(id, made);
    return made;
  }

  #newText(text: string): number {
    const strings = this.whole.strings as string[];
    const id = strings.length;
    if (id >= MOST_TEXTS) return 0;
    strings[id] = text;
    return id;
  }

  #ids(column: Uint32Array, kind: IdKind): Uint32Array {
    const offset = this.offsets[kind];
    return column.map((id) => (id === 0 ? 0 : id + offset));
  }

  #site(site: Site): Site {
    return { ...site, parent: site.parent === 0 ? 0 : site.parent + this.offsets.site };
  }

  #wait(wait: Wait): Wait {
    const { task, members, resource, job, ...others } = wait.fields;
    const moved = (id: unknown, kind: IdKind) => (typeof id === 'number' && id > 0 ? id + this.offsets[kind] : id);
    const fields = {
      ...others,
      ...(task === undefined ? {} : { task: moved(task, 'task') as number }),
      ...(members === undefined ? {} : { members: members.map((id) => moved(id, 'task') as number) }),
      ...(resource === undefined ? {} : { resource: moved(resource, 'resource') as number | string }),
      ...(job === undefined ? {} : { job: moved(job, 'job') }),
    };
    return { ...wait, fields };
  }

  #resource(resource: ResourceDefinition): ResourceDefinition {
    const { site, resource: own } = this.offsets;
    return {
      ...resource,
      id: resource.id + own,
      site: resource.site === 0 ? 0 : resource.site + site,
      lock: resource.lock === undefined ? undefined : resource.lock + own,
    };
  }

  #add<T>(name: (typeof TABLES)[number], table: readonly T[], offset: number, change: (value: T) => unknown): void {
    const target = this.whole[name] as unknown[];
    if (table.length <= LONGEST_WALK) {
      for (let id = 1; id < table.length; id++) if (table[id] !== undefined) target[id + offset] = change(table[id]);
    } else for (const id in table) if (Number(id) > 0) target[Number(id) + offset] = change(table[id]);
  }
}

/** Columns of all, one after another. */
function joined<C extends StepColumns | EventColumns | UseColumns>(parts: readonly C[]): C {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const columns = Object.keys(parts[0]).flatMap((name) => {
    if (name === 'count') return [];
    const pieces = parts.map((part) => part[name as keyof C] as unknown as Float64Array);
    const whole = pieces[0] instanceof Float64Array ? new Float64Array(count) : new Uint32Array(count);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return [[name, whole] as const];
  });
  return { count, ...Object.fromEntries(columns) } as C;
}
