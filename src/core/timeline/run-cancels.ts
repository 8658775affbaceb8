import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { RunCancels } from './model';

export function collectRunCancels({ events }: Trace): RunCancels[] {
  const found: RunCancels[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.runCancels) continue;
    found.push({ loop: events.loop[i], step: events.seq[i], signal: events.a[i] });
  }
  return found.sort((a, b) => a.step - b.step);
}
