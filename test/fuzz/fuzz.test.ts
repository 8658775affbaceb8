import { expect, test } from 'vitest';
import { EventKind } from '../../src/core/trace/events';
import { causeKinds } from '../../src/core/trace/records';
import { Dice } from '../dice';
import { whole } from '../whole';
import { lyingTrace } from './lying';
import { definitionKinds } from './lying-definitions';
import { readAll } from './read-all';

/**
 * Traces that lie: `SEED=n` begins elsewhere, `COUNT=n` reads more or fewer (`npm run fuzz` reads a million).
 * A fault names its seed: `SEED=n COUNT=1 npm run fuzz`.
 */
const first = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const count = Number(process.env.COUNT ?? (whole ? 10_000 : 1000));

/** Of CPU, for all that is done with one trace. */
const MOST_SECONDS = 5;
const MOST_MEGABYTES = 1_000;

test(`${count} lying traces from seed ${first} open, or are refused with one message`, () => {
  const told = new Set<string>();
  const met = new Set<string>();
  let opened = 0;
  let slowest = { seed: first, seconds: 0 };
  for (let seed = first; seed < first + count; seed++) {
    const { bytes, kinds } = lyingTrace(new Dice(seed));
    const began = process.cpuUsage();
    try {
      const message = readAll(bytes);
      if (message === undefined) opened++;
      else told.add(message.replace(/\d+/g, 'n'));
    } catch (error) {
      throw new Error(`seed ${seed}: SEED=${seed} COUNT=1 npm run fuzz`, { cause: error });
    }
    const { user, system } = process.cpuUsage(began);
    if (user + system > slowest.seconds * 1e6) slowest = { seed, seconds: (user + system) / 1e6 };
    for (const kind of kinds) met.add(kind);
  }
  // One line each, and not so many kinds of them that each lie gets its own.
  for (const message of told) expect(message).not.toContain('\n');
  expect(told.size).toBeLessThan(12);
  // They are a few KB each: seconds, or hundreds of MB, would mean that a lie is believed.
  expect(slowest.seconds, `seed ${slowest.seed}`).toBeLessThan(MOST_SECONDS);
  expect(process.resourceUsage().maxRSS / 1e3).toBeLessThan(MOST_MEGABYTES);
  if (count < 1000) return;
  expect(opened / count).toBeGreaterThan(0.3);
  for (const name of Object.keys(EventKind)) expect(met).toContain(`event:${name}`);
  for (const cause of causeKinds.keys()) expect(met).toContain(`step:${cause & 7}`);
  for (let kind = 1; kind < 15; kind++) expect(met).toContain(`use:${kind}`);
  for (const kind of definitionKinds) expect(met).toContain(`definition:${kind}`);
}, 0);
