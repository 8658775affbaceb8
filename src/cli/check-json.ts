import type { ReportedPlace } from '../core/check/reported';
import { portable } from './baseline';
import type { Found } from './check-found';
import type { Checked } from './check-run';

/** What `coroscope check --json` prints; docs/check.md describes it. */
export function checkJson(found: readonly Found[], programs: readonly Checked[], root: string): object {
  const placeJson = (place: ReportedPlace | undefined) => place && { ...place, file: portable(place.file, root) };
  return {
    format: 1,
    programs: programs.map(({ name, timeline: { meta, exit, truncated } }) => ({
      name,
      python: meta.python,
      engine: meta.engine,
      clock: meta.clock,
      exit: exit ?? null,
      stopped: truncated?.reason ?? null,
    })),
    findings: found.map(({ reported, program, fingerprint, leftOut, fails, tried }) => ({
      ...reported,
      chain: reported.chain.map(placeJson),
      place: placeJson(reported.place) ?? null,
      program: portable(program, root),
      fingerprint,
      leftOut: leftOut ?? null,
      fails,
      ...(tried ? { tried: { ...tried, difference: tried.difference ?? null } } : {}),
    })),
  };
}
