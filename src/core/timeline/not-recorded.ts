import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';

/** Names of libraries with event loops that are not recorded, which the program imported. */
export function collectNotRecorded({ events, strings }: Pick<Trace, 'events' | 'strings'>): string[] {
  const found = new Set<string>();
  for (let i = 0; i < events.count; i++)
    if (events.kind[i] === EventKind.notRecorded) found.add(strings[events.a[i]] ?? '');
  found.delete('');
  return [...found];
}
