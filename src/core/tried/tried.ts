import type { Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/** What came of trying an edit. */
export interface Tried {
  /** How long the program took as it is written, and with the edit, on the virtual clock. */
  readonly before: Seconds;
  readonly after: Seconds;
  /** Undefined: it printed the same, and ended in the same way. */
  readonly difference: Difference | undefined;
}

export type Difference =
  /** The same lines. */
  | { readonly kind: 'order' }
  /** Lines from 1; undefined: there is no such line. */
  | {
      readonly kind: 'output';
      readonly line: number;
      readonly before: string | undefined;
      readonly after: string | undefined;
    }
  /** `error`: what the edited program ended with; empty where only the exit codes differ, or it was stopped. */
  | { readonly kind: 'end'; readonly error: string };

export function triedOf(before: Timeline, after: Timeline): Tried {
  return { before: before.duration, after: after.duration, difference: differenceOf(before, after) };
}

function differenceOf(before: Timeline, after: Timeline): Difference | undefined {
  if (before.exit !== after.exit || before.truncated?.reason !== after.truncated?.reason) {
    const error = after.errors.find(({ kind }) => kind === 'uncaught');
    return { kind: 'end', error: error ? `${error.type}${error.message ? `: ${error.message}` : ''}` : '' };
  }
  const [one, other] = [linesOf(before), linesOf(after)];
  const line = one.findIndex((text, i) => text !== other[i]);
  const at = line < 0 ? (other.length > one.length ? one.length : -1) : line;
  if (at < 0) return undefined;
  const sorted = (lines: readonly string[]) => [...lines].sort().join('\n');
  if (sorted(one) === sorted(other)) return { kind: 'order' };
  return { kind: 'output', line: at + 1, before: one[at], after: other[at] };
}

/** What the program printed, without what Python says of it. */
function linesOf({ output }: Timeline): string[] {
  return output
    .filter(({ byPython }) => !byPython)
    .map(({ text }) => text)
    .join('')
    .split('\n');
}
