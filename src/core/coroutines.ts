import { EventKind } from './events';
import type { Code, CoroutineSpan } from './model';
import type { Trace } from './trace';

const outcomes = ['pending', 'returned', 'raised', 'cancelled', 'closed'] as const;
const unknownCode: Code = { file: '?', function: '?', firstLine: 0, kind: 'coroutine', user: true };

/** Pairs the starts and ends of the user's coroutines. One still open at the end of the record is `pending`. */
export function collectCoroutines({ events, codes, meta }: Trace, duration: number, steps: number): CoroutineSpan[] {
  const spans = new Map<number, CoroutineSpan>();
  for (let i = 0; i < events.count; i++) {
    const id = events.a[i];
    if (events.kind[i] === EventKind.coroutineStarted) {
      const awaiter = events.d[i];
      spans.set(id, {
        id,
        task: events.b[i],
        code: codes[events.c[i]] ?? unknownCode,
        awaiter,
        depth: awaiter === 0 ? 0 : (spans.get(awaiter)?.depth ?? 0) + 1,
        start: events.t0[i] - meta.origin,
        end: duration,
        startStep: events.seq[i],
        endStep: steps,
        outcome: 'pending',
      });
    } else if (events.kind[i] === EventKind.coroutineEnded) {
      const span = spans.get(id);
      if (!span) continue;
      const ended = { end: events.t0[i] - meta.origin, endStep: events.seq[i] + 1 };
      spans.set(id, { ...span, ...ended, outcome: outcomes[events.b[i]] ?? 'returned' });
    }
  }
  return [...spans.values()];
}
