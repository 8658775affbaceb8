/**
 * What an explanation says about one place, as data. `test/python/claims.test.ts` compares it with
 * what the programs of the test tree really did there.
 */
export interface Claim {
  /** Whether the task suspends here, each time it gets here without an exception. For `async with`: on entering. */
  readonly suspends: 'always' | 'maybe' | 'never';
  /** `async with`: the same on leaving. */
  readonly leaving?: Claim['suspends'];
  /** It raises this each time the place is reached. */
  readonly raises?: 'TypeError' | 'RuntimeError' | 'SyntaxError';
  /** How many tasks the awaited expression makes before anything is awaited; undefined: the source does not tell. */
  readonly makes?: number;
}

/** The explanation of a place, as Markdown sentences and as data. */
export interface Explanation {
  readonly words: readonly string[];
  readonly claim: Claim;
}

export function said(claim: Claim, ...words: readonly (string | readonly string[])[]): Explanation {
  return { claim, words: words.flat() };
}

/** May suspend or not; the sentences say when. */
export const MAYBE: Claim = { suspends: 'maybe' };
export const ALWAYS: Claim = { suspends: 'always' };
export const NEVER: Claim = { suspends: 'never' };

export function raising(type: NonNullable<Claim['raises']>): Claim {
  return { suspends: 'never', raises: type };
}
