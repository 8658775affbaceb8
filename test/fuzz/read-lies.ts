import { EventKind } from '../../src/core/trace/events';
import { causeKinds } from '../../src/core/trace/records';
import { Dice } from '../dice';
import { lyingTrace } from './lying';
import { definitionKinds } from './lying-definitions';
import { readAll } from './read-all';

/** Of CPU, for all that is done with one trace. They are a few KB each: seconds, or hundreds of MB, would mean that a lie is believed. */
const MOST_SECONDS = 5;
const MOST_MEGABYTES = 1_000;
/** Largest number of different messages: false records of one kind share a message. */
const MOST_MESSAGES = 11;

export interface Outcome {
  readonly count: number;
  readonly opened: number;
  /** Messages of those that were refused, numbers in them as `n`. */
  readonly told: readonly string[];
  /** Kinds of records that were met. */
  readonly met: readonly string[];
  readonly slowest: { readonly seed: number; readonly seconds: number };
  readonly megabytes: number;
}

/** @throws an error that names the seed whose trace made something fail */
export function readLies(first: number, count: number, progress: (done: number) => void = () => {}): Outcome {
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
    progress(seed - first + 1);
  }
  return { count, opened, told: [...told], met: [...met], slowest, megabytes: process.resourceUsage().maxRSS / 1e3 };
}

/** What parts found, as if one had read all. */
export function together(parts: readonly Outcome[]): Outcome {
  const sum = (of: (part: Outcome) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    count: sum(({ count }) => count),
    opened: sum(({ opened }) => opened),
    told: [...new Set(parts.flatMap(({ told }) => told))],
    met: [...new Set(parts.flatMap(({ met }) => met))],
    slowest: parts.map(({ slowest }) => slowest).reduce((a, b) => (b.seconds > a.seconds ? b : a)),
    megabytes: Math.max(...parts.map(({ megabytes }) => megabytes)),
  };
}

/** What is wrong with an outcome, one line each; empty if it is correct. */
export function faultsOf({ count, opened, told, met, slowest, megabytes }: Outcome): string[] {
  const seen = new Set(met);
  const wanted = [
    ...Object.keys(EventKind).map((name) => `event:${name}`),
    ...[...causeKinds.keys()].map((cause) => `step:${cause & 7}`),
    ...Array.from({ length: 14 }, (_, kind) => `use:${kind + 1}`),
    ...[...definitionKinds].map((kind) => `definition:${kind}`),
  ];
  return [
    ...told.filter((message) => message.includes('\n')).map((message) => `more than one line: ${message}`),
    ...(told.length > MOST_MESSAGES ? [`${told.length} different messages`] : []),
    ...(slowest.seconds >= MOST_SECONDS ? [`seed ${slowest.seed} took ${slowest.seconds} s`] : []),
    ...(megabytes >= MOST_MEGABYTES ? [`${megabytes} MB of memory`] : []),
    // A few traces cannot have all in them.
    ...(count >= 1000 && opened / count <= 0.3 ? [`only ${opened} of ${count} open`] : []),
    ...(count >= 1000 ? wanted.filter((kind) => !seen.has(kind)).map((kind) => `never met: ${kind}`) : []),
  ];
}
