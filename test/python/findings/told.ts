import { describe, expect, test } from 'vitest';
import { problemWords } from '../../../src/core/findings/finding-words';
import { problemsOf } from '../../../src/core/findings/findings';
import { userSite } from '../../../src/core/places/chain';
import type { Timeline } from '../../../src/core/timeline/model';
import { translator } from '../../../src/core/translate';
import { withShapes } from '../../../src/source/shapes/shapes';
import { violations } from '../../core/truths';
import { interpreters, program, runs } from '../../engines/here';

/** Programs and what the findings say of them. Those with nothing are near misses: they look alike and are right. */

const t = translator(undefined);

export interface Case {
  readonly source: string;
  /** `kind line`, without hints (severity `info`), in the order of the report. */
  readonly told: readonly string[];
  /** What the title, reason and advice must say. */
  readonly says?: readonly string[];
  /** Pythons before this minor version cannot run it, or do otherwise. */
  readonly from?: number;
  readonly until?: number;
  readonly clock?: 'virtual' | 'real';
  /** Where it is to be stopped, in seconds of virtual time. */
  readonly stop?: number;
  /** Seconds of real time after which it is stopped; what it shows does not depend on them. */
  readonly wall?: number;
  /** It needs threads or processes. */
  readonly interpreterOnly?: boolean;
  /** Hints are wanted too. */
  readonly hints?: boolean;
}

export function toldOf(timeline: Timeline, hints = false): string[] {
  return problemsOf(timeline)
    .filter(({ severity }) => hints || severity !== 'info')
    .map(({ kind, site }) => `${kind} ${userSite(timeline, site)?.line ?? '?'}`);
}

/** The findings in words, one after another. */
export function saidOf(timeline: Timeline): string {
  return problemsOf(timeline)
    .map((problem) => Object.values(problemWords(timeline, problem, t)).join(' '))
    .join('\n');
}

const engines = [
  ...interpreters.map(({ version, command }) => ({
    name: version,
    minor: Number(version.split('.')[1]),
    engine: command,
  })),
  { name: 'embedded', minor: 14, engine: 'embedded' },
];

export function tellsOf(what: string, cases: Readonly<Record<string, Case>>): void {
  for (const { name, engine, minor } of engines) {
    const fit = Object.entries(cases).filter(
      ([, { from = 0, until = 99, interpreterOnly, clock }]) =>
        minor >= from && minor <= until && !(engine === 'embedded' && (interpreterOnly || clock === 'real')),
    );
    // Vitest wants a test in each suite.
    if (fit.length > 0) tellsOn(`${what}: ${name}`, engine, fit);
  }
}

function tellsOn(what: string, engine: string, cases: readonly (readonly [string, Case])[]): void {
  describe(what, () => {
    test.each(cases)('%s', async (_, { source, told, says = [], clock = 'virtual', stop = 1000, wall = 60, hints }) => {
      const limits = { steps: 100_000, virtualTime: stop, wallTime: wall };
      const { timeline: recorded } = await runs(program(source), { engine, clock, limits });
      const timeline = withShapes(recorded, () => source);
      expect(violations(timeline)).toEqual([]);
      expect(toldOf(timeline, hints)).toEqual(told);
      for (const words of says) expect(saidOf(timeline)).toContain(words);
    });
  });
}
