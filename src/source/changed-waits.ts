import { sameFile } from '../core/places/same-file';
import type { Change } from '../core/trace/change';
import { FollowedLines } from './followed-lines';

/** The changed waits that the current program still has. */
export interface Settled {
  readonly kept: readonly Change[];
  readonly lost: readonly Change[];
}

/** Follows lines through edits. A line with another text is another wait. @param before the text that the changes are for */
export function settled(changes: readonly Change[], file: string, before: string, now: string): Settled {
  const lines = new FollowedLines(before, now);
  const kept: Change[] = [];
  const lost: Change[] = [];
  for (const change of changes) {
    const line = sameFile(change.file, file)
      ? (lines.now(change.line) ?? only(lines.textBefore(change.line), before, now))
      : change.line;
    if (line === undefined) lost.push(change);
    else kept.push({ ...change, line });
  }
  return { kept, lost };
}

/** Without known edits, a line that is unique in both texts is the same. @returns line from 1 */
function only(line: string | undefined, before: string, now: string): number | undefined {
  const places = (text: string) => text.split(/\r?\n/).flatMap((each, at) => (each === line ? [at + 1] : []));
  if (line === undefined || places(before).length !== 1) return undefined;
  const [first, ...more] = places(now);
  return more.length === 0 ? first : undefined;
}
