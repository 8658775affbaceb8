import type { EventColumns, StepColumns } from './columns';
import { EventKind } from './events';
import type { Wait } from './records';

/** A table with at most this many places may be scanned, whether it is full or empty. */
export const LONGEST_WALK = 1 << 18;

/**
 * Gives waits new ids from 1 on where theirs are far apart, and changes the rows that refer to them.
 *
 * A service that ran for days has counted millions of waits; the last seconds of its record define a few of them, under large ids.
 * Whatever is derived from waits is a column as long as their table, which would be all holes.
 * @param rows referring to waits; their columns are written anew in place
 */
export function compactWaits(
  waits: readonly (Wait | undefined)[],
  { steps, events }: { readonly steps: StepColumns; readonly events: EventColumns },
): readonly (Wait | undefined)[] {
  if (waits.length <= LONGEST_WALK) return waits;
  const compact: (Wait | undefined)[] = [undefined];
  const ids = new Map<number, number>();
  const renumber = (id: number): number => {
    const wait = waits[id];
    if (!wait) return 0;
    let now = ids.get(id);
    if (now === undefined) {
      now = compact.length;
      ids.set(id, now);
      compact.push(wait);
    }
    return now;
  };
  for (let row = 0; row < steps.count; row++) steps.wait[row] = renumber(steps.wait[row]);
  for (let row = 0; row < events.count; row++)
    if (events.kind[row] === EventKind.before) events.c[row] = renumber(events.c[row]);
  return compact;
}
