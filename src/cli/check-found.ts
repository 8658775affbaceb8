import { failsOn, isReported } from '../core/check/fail-on';
import { type Reported, reportedIn } from '../core/check/reported';
import type { Tried } from '../core/tried/tried';
import { fingerprintOf } from './baseline';
import type { CheckCommand } from './check-arguments';
import type { Checked } from './check-run';
import { checkSources } from './check-sources';
import type { Language } from './language';
import type { Screen } from './screen';

/** An edit that was tried: the lines as it makes them, and what came of it. */
export interface TriedEdit extends Tried {
  readonly lines: readonly string[];
}

/** A finding of one of the programs. */
export interface Found {
  readonly reported: Reported;
  /** Path of the program. */
  readonly program: string;
  /** Equal for the same finding in another run. */
  readonly fingerprint: string;
  /** Why it is not reported. */
  readonly leftOut: 'comment' | 'baseline' | undefined;
  /** It fails the check. */
  readonly fails: boolean;
  /** An edit that would mend it, where one was tried. */
  readonly tried?: TriedEdit;
}

/** The findings of a run. @param isKnown whether the next finding with a fingerprint is in the baseline */
export function foundIn(
  { timeline, reading }: Checked,
  { failOn, maxBlock, updateBaseline }: CheckCommand,
  isKnown: (fingerprint: string) => boolean,
  { cwd }: Screen,
  { translate }: Language,
): Found[] {
  const { program } = timeline.meta;
  const sources = checkSources(reading);
  return reportedIn(timeline, maxBlock, translate)
    .filter((reported) => isReported(failOn, reported))
    .map((reported) => {
      const fingerprint = fingerprintOf(reported, program, sources.line(reported), cwd);
      const ignored = sources.ignores(reported);
      const known = !ignored && !updateBaseline && isKnown(fingerprint);
      const leftOut = ignored ? 'comment' : known ? 'baseline' : undefined;
      return { reported, program, fingerprint, leftOut, fails: !leftOut && failsOn(failOn, reported) };
    });
}
