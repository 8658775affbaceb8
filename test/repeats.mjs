/**
 * The only tests that may be run again after they failed: their very subject is the real clock, so that a machine that stops them at
 * the wrong moment makes them fail, whatever is tested. Each with the reason. `npm test` counts how many were repeated in its last lines.
 * `test`: the beginning of the name of a test of CPython's own.
 */
export const repeats = [];

export const MOST_REPEATS = 20;
/** Runs of one test, at most. */
export const RUNS = 3;
