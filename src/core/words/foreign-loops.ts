import type { Translate } from '../translate';

/** What is not known of a loop that is none of asyncio's own, to be said wherever it is shown. */
export function foreignText(name: string, t: Translate): string {
  return t(
    "{0} is not one of asyncio's own event loops: its tasks are shown, its idle waits and I/O callbacks are not.",
    name,
  );
}
