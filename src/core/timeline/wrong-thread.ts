import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { WrongThreadCall } from './model';

export function collectWrongThreadCalls({ events, strings, meta }: Trace): WrongThreadCall[] {
  const wrongThreadCalls: WrongThreadCall[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.crossed) continue;
    const time = Math.max(0, events.t0[i] - meta.origin);
    const thread = strings[events.c[i]] ?? '';
    wrongThreadCalls.push({ loop: events.loop[i], time, step: events.seq[i], site: events.a[i], thread });
  }
  return wrongThreadCalls.sort((a, b) => a.time - b.time);
}
