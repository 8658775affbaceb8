import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import { spanOutcomes } from './coroutines';
import type { ContextSpan } from './model';

const ENTERED = 2;
const LEAVING = 3;
const LEFT = 4;

type Draft = { -readonly [Key in keyof ContextSpan]: ContextSpan[Key] };

/** Each `async with`, in the order in which they were entered. */
export function collectContexts({ events, strings, meta }: Trace): ContextSpan[] {
  const contexts = new Map<number, Draft>();
  for (let i = 0; i < events.count; i++) {
    const id = events.a[i];
    const time = events.t0[i] - meta.origin;
    if (events.kind[i] === EventKind.with) {
      contexts.set(id, {
        id,
        task: events.b[i],
        label: strings[events.c[i]] ?? '',
        site: events.d[i],
        entering: time,
        entered: undefined,
        leaving: undefined,
        left: undefined,
        entry: 'pending',
        exit: 'pending',
      });
    } else if (events.kind[i] === EventKind.withPhase) {
      const context = contexts.get(id);
      if (context) advance(context, events.b[i], time, spanOutcomes[events.c[i]] ?? 'returned');
    }
  }
  return [...contexts.values()];
}

function advance(context: Draft, phase: number, time: number, how: ContextSpan['entry']): void {
  if (phase === ENTERED) {
    context.entry = how;
    if (how === 'returned') context.entered = time;
  } else if (phase === LEAVING) context.leaving = time;
  else if (phase === LEFT) {
    context.exit = how;
    context.left = time;
  }
}
