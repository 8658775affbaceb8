import { EventKind, isNumbered } from '../../core/trace/events';
import type { Rows } from './chunks';

/** One event, as a row of an `EVNT` chunk. */
export interface EventRow {
  readonly loop: number;
  readonly t0: number;
  readonly t1: number;
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** What was open at the start of the window, from dropped batches: tasks, loops, coroutines and jobs that have not ended. */
export class OpenItems {
  readonly #tasks = new Map<number, Map<number, EventRow>>();
  readonly #spans = new Map<number, EventRow>();
  /** Each `async with` that was not left, and its phase. */
  readonly #contexts = new Map<number, EventRow[]>();
  readonly #loops = new Map<number, EventRow>();
  readonly #jobs = new Map<number, EventRow[]>();
  /** Each request and named span that has not ended, and what is known of it. */
  readonly #named = new Map<number, EventRow[]>();
  /** The site of each task, and what it waits for. */
  readonly #places = new Map<number, readonly [site: number, wait: number]>();

  /** A batch leaves the window. @returns how many turns its loops took in it */
  pass(batch: readonly Rows[]): Map<number, number> {
    const turns = new Map<number, number>();
    const turn = (loop: number, count: number) => turns.set(loop, (turns.get(loop) ?? 0) + count);
    for (const rows of batch) {
      if (rows.tag === 'STEP') {
        turn(rows.loop, rows.count);
        for (let i = 0; i < rows.count; i++)
          this.#places.set(rows.number(40, i), [rows.number(32, i), rows.number(36, i)]);
      } else if (rows.tag === 'EVNT') {
        for (let i = 0; i < rows.count; i++) {
          const event = eventAt(rows, i);
          if (event.kind === EventKind.idle || event.kind === EventKind.callback) turn(rows.loop, 1);
          else this.#event(event);
        }
      }
    }
    return turns;
  }

  #event(event: EventRow): void {
    const { kind, a } = event;
    if (kind === EventKind.task) this.#tasks.set(a, new Map([[kind, event]]));
    // Where it stood when it was found by a record that began later than it.
    else if (kind === EventKind.before) this.#places.set(a, [event.b, event.c]);
    else if (OF_TASKS.has(kind)) this.#tasks.get(a)?.set(kind, event);
    else if (kind === EventKind.done) {
      this.#tasks.delete(a);
      this.#places.delete(a);
    } else if (kind === EventKind.coroutineStarted) this.#spans.set(a, event);
    else if (kind === EventKind.coroutineEnded) this.#spans.delete(a);
    else if (kind === EventKind.with) this.#contexts.set(a, [event]);
    else if (kind === EventKind.withPhase && isOver(event)) this.#contexts.delete(a);
    else if (kind === EventKind.withPhase) this.#contexts.get(a)?.push(event);
    else if (kind === EventKind.loop && event.b === 2) this.#loops.delete(a);
    else if (kind === EventKind.loop) this.#loops.set(a, { ...event, b: 1 });
    else if (kind === EventKind.job) this.#jobs.set(a, [event]);
    else if (kind === EventKind.jobStarted) this.#jobs.get(a)?.push(event);
    else if (kind === EventKind.jobEnded) this.#jobs.delete(a);
    else if (kind === EventKind.span || kind === EventKind.request) this.#named.set(event.b, [event]);
    else if (kind === EventKind.spanTold) this.#named.get(event.b)?.push(event);
    else if (kind === EventKind.spanEnded) this.#named.delete(event.b);
  }

  /** When a request or span began that was open where the window begins: before it, on the program's clock. */
  spanBegan(id: number): number | undefined {
    return this.#named.get(id)?.[0].t0;
  }

  /** Ids of the definitions that open items use. */
  used(): { readonly strings: Set<number>; readonly waits: Set<number> } {
    const strings = new Set<number>();
    for (const events of this.#tasks.values())
      for (const kind of [EventKind.name, EventKind.arguments, EventKind.label]) strings.add(events.get(kind)?.b ?? 0);
    for (const { c } of this.#loops.values()) strings.add(c);
    for (const [{ c }] of this.#contexts.values()) strings.add(c);
    for (const events of this.#jobs.values()) for (const { c } of events) strings.add(c);
    for (const events of this.#named.values()) for (const { c } of events) strings.add(c);
    const waits = new Set<number>();
    for (const [, wait] of this.#places.values()) waits.add(wait);
    return { strings, waits };
  }

  /** The open items as events at the start of the window. */
  *events(time: number): Generator<EventRow> {
    for (const event of this.#loops.values()) yield at(event, time);
    for (const [id, events] of this.#tasks) {
      for (const event of events.values()) yield at(event, time);
      const [b, c] = this.#places.get(id) ?? [0, 0];
      const { loop } = events.get(EventKind.task)!;
      yield { loop, t0: time, t1: time, kind: EventKind.before, a: id, b, c, d: 0 };
    }
    for (const event of this.#spans.values()) yield at(event, time);
    for (const events of this.#contexts.values()) for (const event of events) yield at(event, time);
    for (const events of this.#jobs.values()) for (const event of events) yield at(event, time);
    for (const events of this.#named.values()) for (const event of events) yield at(event, time);
  }
}

/** What is told of a task once, of which the last counts. */
const OF_TASKS: ReadonlySet<number> = new Set([
  EventKind.name,
  EventKind.arguments,
  EventKind.grouped,
  EventKind.label,
  EventKind.ofLibrary,
]);

/** An `async with` is over when it was left, or could not be entered. */
function isOver({ b, c }: EventRow): boolean {
  return b === 4 || (b === 2 && c !== 1);
}

function eventAt(rows: Rows, i: number): EventRow {
  const [kind, , a, b, c, d] = [16, 20, 24, 28, 32, 36].map((offset) => rows.number(offset, i));
  return { loop: rows.loop, t0: rows.time(0, i), t1: rows.time(8, i), kind, a, b, c, d };
}

function at(event: EventRow, time: number): EventRow {
  return { ...event, t0: time, t1: isNumbered(event.kind) ? event.t1 : time };
}
