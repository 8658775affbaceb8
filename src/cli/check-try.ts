import { sameFile } from '../core/places/same-file';
import { isRewritten } from '../core/tried/kinds';
import { triedOf } from '../core/tried/tried';
import { sourceReader } from '../export/read-sources';
import { changedLines, rewriteAt, rewritten } from '../source/shapes/rewrites';
import type { Found } from './check-found';
import type { Checked } from './check-run';

/** More edits of one program would take long, and nobody would read of them. */
const MOST = 10;

/**
 * Runs a program once more for each of its findings that an edit would mend, with that edit, on the virtual clock.
 * @returns the findings, those with what came of it
 */
export async function withTries(found: readonly Found[], checked: Checked): Promise<Found[]> {
  const { timeline, reading, again } = checked;
  const text = sourceReader(reading)(timeline.meta.program);
  if (!again || text === undefined) return [...found];
  let before = timeline.meta.clock === 'virtual' ? timeline : undefined;
  const tried: Found[] = [];
  let left = MOST;
  for (const one of found) {
    const { kind, place } = one.reported;
    const isHere = place && sameFile(place.file, timeline.meta.program) && !one.leftOut && left > 0;
    const edit = isHere && isRewritten(kind) ? rewriteAt(text, kind, place.line, timeline.meta) : undefined;
    // The embedded Python has no threads: the change could not run there.
    const canRun = edit && !(edit.needsThreads && timeline.meta.engine === 'embedded');
    const after = canRun && (await again(rewritten(text, edit)));
    if (after) {
      left--;
      before ??= await again(text);
    }
    tried.push(
      after && before ? { ...one, tried: { ...triedOf(before, after), lines: changedLines(text, edit!) } } : one,
    );
  }
  return tried;
}
