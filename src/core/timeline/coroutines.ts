import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Code } from '../trace/records';
import type { Seconds } from '../units';
import type { ClosedWhy, CoroutineSpan, GeneratorItem, Segments, Task } from './model';
import { RootSpan, rootSpans } from './root-spans';

export const spanOutcomes = ['pending', 'returned', 'raised', 'cancelled', 'closed'] as const;
const whys: readonly ClosedWhy[] = ['unknown', 'program', 'loop', 'dropped'];
const unknownCode: Code = { file: '?', function: '?', firstLine: 0, kind: 'coroutine', user: true };

/** A span before its place among the others is known. */
type Draft = { -readonly [Key in keyof Omit<CoroutineSpan, 'items'>]: CoroutineSpan[Key] } & {
  items?: GeneratorItem[];
};

/** Only the id of a task's own coroutine is set. */
type Span = Draft | RootSpan;

interface Extent {
  readonly duration: Seconds;
  readonly steps: number;
}

/** The user's coroutines in the order in which they began. One still open at the end of the record is `pending`. */
export function collectCoroutines(
  trace: Trace,
  { tasks, segments }: { readonly tasks: readonly Task[]; readonly segments: Segments },
  extent: Extent,
): CoroutineSpan[] {
  const roots = trace.meta.spans === 'inner' ? rootSpans(trace, tasks, segments) : [];
  const inner = recorded(trace, extent);
  const all = inOrder([...roots, ...inner.values()]);
  // Ids are assigned anew. Until then, recorded spans have the numbers by which they refer to each other.
  const rootOf = inner.size > 0 ? new Map(roots.map((span) => [span.task, span])) : undefined;
  const awaiters = inner.size > 0 ? all.map((span) => awaiterOf(span, inner, rootOf!)) : [];
  all.forEach((span, i) => {
    span.id = i + 1;
  });
  all.forEach((span, i) => {
    if (span instanceof RootSpan) return;
    const awaiter = awaiters[i];
    span.awaiter = awaiter?.id ?? 0;
    if (awaiter) endWith(awaiter, span);
  });
  return withDepth(all);
}

/** Sorts by start: at the same moment the task's own coroutine comes first, the others in order of the record. */
function inOrder(spans: Span[]): Span[] {
  const compare = (a: Span, b: Span) => a.start - b.start || a.startStep - b.startStep;
  // Usually they are in order already: sorting a million would take as much memory again.
  for (let i = 1; i < spans.length; i++) if (compare(spans[i - 1], spans[i]) > 0) return spans.sort(compare);
  return spans;
}

/** Roots have no id yet, and nobody who awaits them. */
function awaiterOf(
  span: Span,
  inner: ReadonlyMap<number, Draft>,
  rootOf: ReadonlyMap<number, RootSpan>,
): Span | undefined {
  return span.id === 0 ? undefined : (inner.get(span.awaiter) ?? rootOf.get(span.task));
}

/**
 * Before 3.12, the tracer cannot record the ends of coroutines when a recursion is too deep; only that of the task's own is known. An
 * exception that left it has passed through all that it awaited.
 */
function endWith(awaiter: Span, span: Draft): void {
  if (span.outcome !== 'pending' || span.code.kind !== 'coroutine') return;
  if (awaiter.outcome !== 'raised' && awaiter.outcome !== 'cancelled') return;
  span.end = awaiter.end;
  span.endStep = awaiter.endStep;
  span.outcome = awaiter.outcome;
}

/** The spans with records of their own, by their numbers in the record; `awaiter` is such a number, too. */
function recorded(trace: Trace, { duration, steps }: Extent): Map<number, Draft> {
  const { events, codes, meta } = trace;
  const spans = new Map<number, Draft>();
  for (let i = 0; i < events.count; i++) {
    const id = events.a[i];
    if (events.kind[i] === EventKind.coroutineStarted) {
      const code = codes[events.c[i]] ?? unknownCode;
      spans.set(id, {
        id,
        task: events.b[i],
        code,
        awaiter: events.d[i],
        depth: 0,
        start: events.t0[i] - meta.origin,
        end: duration,
        startStep: events.seq[i],
        endStep: steps,
        outcome: 'pending',
        site: meta.spans === 'inner' ? events.t1[i] : 0,
        ...(code.kind === 'asyncgen' ? { items: [] } : {}),
      });
    } else {
      const span = spans.get(id);
      if (span) update(span, trace, i);
    }
  }
  return spans;
}

function update(span: Draft, { events, strings, meta }: Trace, i: number): void {
  const time = events.t0[i] - meta.origin;
  const step = events.seq[i];
  switch (events.kind[i]) {
    case EventKind.coroutineEnded:
      span.end = time;
      span.endStep = step + 1;
      span.outcome = spanOutcomes[events.b[i]] ?? 'returned';
      if (span.outcome === 'closed') span.closed = { site: events.c[i], why: whys[events.d[i]] ?? 'unknown' };
      break;
    case EventKind.item: {
      const given = events.t1[i] - meta.origin;
      span.items ??= [];
      span.items.push({ number: events.b[i], asked: time, given, step, task: events.d[i], site: events.c[i] });
      break;
    }
    case EventKind.thrown: {
      const thrown = { time, step, task: events.b[i], text: strings[events.c[i]] ?? '', site: events.d[i] };
      span.thrown = [...(span.thrown ?? []), thrown];
      break;
    }
  }
}

/** An awaiter began before what it awaits; so its depth is known when it is asked for. */
function withDepth(spans: Span[]): CoroutineSpan[] {
  for (const span of spans)
    if (!(span instanceof RootSpan)) span.depth = span.awaiter === 0 ? 0 : (spans[span.awaiter - 1]?.depth ?? 0) + 1;
  return spans;
}
