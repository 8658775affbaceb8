/**
 * What an explanation states about one place, as data. The words beside it say the same; `test/python/claims.test.ts` holds it against
 * what every program of the test tree really did there.
 */
export interface Claim {
  /** Whether the task gives up control here, each time the place is reached and raises nothing before. Of `async with`: on the way in. */
  readonly suspends: 'always' | 'maybe' | 'never';
  /** `async with`: the same on the way out. */
  readonly leaving?: Claim['suspends'];
  /** It raises this each time the place is reached. */
  readonly raises?: 'TypeError' | 'RuntimeError' | 'SyntaxError';
  /** How many tasks the awaited expression makes before anything is awaited; undefined: the source does not tell. */
  readonly makes?: number;
}

/** What is said of a place, in Markdown sentences, and what that states. */
export interface Explanation {
  readonly words: readonly string[];
  readonly claim: Claim;
}

export function said(claim: Claim, ...words: readonly (string | readonly string[])[]): Explanation {
  return { claim, words: words.flat() };
}

/** It may suspend, or not: the words say when. */
export const MAYBE: Claim = { suspends: 'maybe' };
export const ALWAYS: Claim = { suspends: 'always' };
export const NEVER: Claim = { suspends: 'never' };

export function raising(type: NonNullable<Claim['raises']>): Claim {
  return { suspends: 'never', raises: type };
}
