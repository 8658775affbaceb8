import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';

/** Whether the program started processes that are not recorded. */
export function startedOthers({ events, processes }: Trace): boolean {
  return processes === undefined && events.kind.includes(EventKind.startedProcesses);
}
