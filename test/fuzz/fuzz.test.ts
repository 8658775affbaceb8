import { expect, test } from 'vitest';
import { whole } from '../whole';
import { faultsOf, readLies } from './read-lies';

/**
 * Traces that lie: `SEED=n` begins elsewhere, `COUNT=n` reads more or fewer. `npm run fuzz` reads a million, with all processors.
 * A fault names its seed: `SEED=n COUNT=1 npm run fuzz`.
 */
const first = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const count = Number(process.env.COUNT ?? (whole ? 10_000 : 1000));

test(`${count} lying traces from seed ${first} open, or are refused with one message`, () => {
  expect(faultsOf(readLies(first, count))).toEqual([]);
}, 0);
