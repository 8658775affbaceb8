import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { RunCancels } from './model';

export function collectRunCancels({ events }: Trace): RunCancels[] {
  const found: RunCancels[] = [];
  // Those that were cancelled before follow it.
  let before: number[] | undefined;
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.runCancels) continue;
    if (events.b[i] !== 0) {
      before?.push(events.b[i]);
      continue;
    }
    before = events.c[i] === 1 ? [] : undefined;
    found.push({ loop: events.loop[i], step: events.seq[i], signal: events.a[i], before });
  }
  return found.sort((a, b) => a.step - b.step);
}
