import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Crossing } from './model';

export function collectCrossings({ events, strings, meta }: Trace): Crossing[] {
  const crossings: Crossing[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.crossed) continue;
    const time = Math.max(0, events.t0[i] - meta.origin);
    const thread = strings[events.c[i]] ?? '';
    crossings.push({ loop: events.loop[i], time, step: events.seq[i], site: events.a[i], thread });
  }
  return crossings.sort((a, b) => a.time - b.time);
}
