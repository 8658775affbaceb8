import { firstWhere } from '../sorted';
import type { CoroutineSpan, Timeline } from '../timeline/model';
import type { Code, Site } from '../trace/records';
import type { Seconds } from '../units';
import { chainOf } from './chain';

/** The iteration of an `async for` that a suspension belongs to. */
export interface Iteration {
  /** The function of the `async for`, and its line. */
  readonly function: string;
  readonly line: number;
  /** From 1. */
  readonly number: number;
  /** Whether the task waits for the item, or in the body of the loop. */
  readonly waits: 'item' | 'body';
  /** Id of the async generator, or of the run of `__anext__`. */
  readonly coroutine: number;
}

/** An item that a loop has taken. */
interface Take {
  /** Number of the turn of the event loop. */
  readonly step: number;
  readonly number: number;
  readonly coroutine: number;
}

/** Finds which iterations of which `async for` loops a suspended segment belongs to. */
export class Iterations {
  /** By task and loop, in order. */
  readonly #takes = new Map<string, Take[]>();
  /** Number of the iteration that a run of `__anext__` is for. */
  readonly #turns = new Map<CoroutineSpan, number>();
  /** What may provide items to a task, by task and code. */
  readonly #givers = new Map<number, Map<Code, Set<CoroutineSpan>>>();
  /** Await chains with a loop in them, by their innermost place. */
  readonly #chains = new Map<number, readonly Site[]>();

  constructor(private readonly timeline: Timeline) {
    for (const span of timeline.coroutines) {
      if (span.items) this.#addGenerator(span, span.items);
      else this.#addRun(span);
    }
    for (const takes of this.#takes.values()) takes.sort((a, b) => a.step - b.step);
  }

  /** Outermost loop first. Row i of the segments is a suspended one. */
  of(i: number): Iteration[] {
    const { segments, tasks } = this.timeline;
    const chain = this.#chain(segments.site[i]);
    if (chain.length === 0) return [];
    const task = tasks[segments.task[i]].id;
    return chain.flatMap((frame, place) => {
      const found = (frame.loops ?? []).flatMap((line) => this.#body(i, task, frame, line));
      return frame.role === 'next' ? [...found, ...this.#item(i, task, frame, chain[place + 1])] : found;
    });
  }

  #chain(site: number): readonly Site[] {
    const known = this.#chains.get(site);
    if (known) return known;
    const chain = chainOf(this.timeline, site);
    const loops = chain.some((frame) => frame.role === 'next' || frame.loops);
    this.#chains.set(site, loops ? chain : []);
    return loops ? chain : [];
  }

  #addGenerator(span: CoroutineSpan, items: NonNullable<CoroutineSpan['items']>): void {
    this.#gives(span.task, span);
    for (const { number, step, task, site } of items) {
      this.#gives(task, span);
      this.#add(task, this.timeline.sites[site], { step, number, coroutine: span.id });
    }
  }

  /** A run of `__anext__`; the last one of a loop ends with `StopAsyncIteration`. */
  #addRun(span: CoroutineSpan): void {
    const site = this.timeline.sites[span.site];
    if (site?.role !== 'next') return;
    this.#gives(span.task, span);
    const before = this.#takes.get(keyOf(span.task, site))?.at(-1);
    const number = (before?.number ?? 0) + 1;
    this.#turns.set(span, number);
    const taken = span.outcome === 'raised' ? 0 : number;
    this.#add(span.task, site, { step: span.endStep - 1, number: taken, coroutine: span.id });
  }

  #gives(task: number, span: CoroutineSpan): void {
    const givers = this.#givers.get(task) ?? new Map<Code, Set<CoroutineSpan>>();
    this.#givers.set(task, givers);
    const same = givers.get(span.code) ?? new Set();
    givers.set(span.code, same.add(span));
  }

  #add(task: number, site: Site | undefined, take: Take): void {
    if (site?.role !== 'next') return;
    const key = keyOf(task, site);
    const takes = this.#takes.get(key);
    if (takes) takes.push(take);
    else this.#takes.set(key, [take]);
  }

  #body(i: number, task: number, frame: Site, line: number): Iteration[] {
    const takes = this.#takes.get(keyOf(task, { ...frame, line })) ?? [];
    const last = takes[firstFrom(takes, this.timeline.segments.startStep[i]) - 1];
    if (!last || last.number === 0) return [];
    const { number, coroutine } = last;
    return [{ function: frame.code.function, line, number, waits: 'body', coroutine }];
  }

  #item(i: number, task: number, { code, line }: Site, driven: Site | undefined): Iteration[] {
    const { segments } = this.timeline;
    const start = segments.start[i];
    const end = segments.end[i];
    const givers = driven && this.#givers.get(task)?.get(driven.code);
    for (const span of givers ?? []) {
      if (span.start > start || span.end < end) continue;
      const asked = span.items ? awaitedItem(span, start, end) : { number: this.#turns.get(span), site: span.site };
      const { number, site = 0 } = asked ?? {};
      // Two loops may run over generators of one function.
      if (number !== undefined && this.timeline.sites[site]?.line === line)
        return [{ function: code.function, line, number, waits: 'item', coroutine: span.id }];
    }
    return [];
  }
}

function keyOf(task: number, { code, line }: Site): string {
  return `${task} ${code.file} ${code.firstLine} ${line}`;
}

/** How many were taken before a step. */
function firstFrom(takes: readonly Take[], step: number): number {
  return firstWhere(0, takes.length, (i) => takes[i].step >= step);
}

/** The item that a generator is asked for at a time, and from where; undefined if it is not asked then. */
function awaitedItem(
  { items = [], outcome, site }: CoroutineSpan,
  start: Seconds,
  end: Seconds,
): { readonly number: number; readonly site: number } | undefined {
  const next = items.find((item) => item.given >= end && item.asked <= start);
  if (next) return next;
  const last = items.at(-1);
  // It ends, or the record does, before the next item.
  const asked = !last || (last.given <= start && outcome !== 'closed');
  return asked ? { number: items.length + 1, site: last?.site ?? site } : undefined;
}
