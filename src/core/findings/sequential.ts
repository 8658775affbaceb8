import { isFile } from '../places/same-file';
import type { CoroutineSpan, Timeline } from '../timeline/model';
import type { AwaitSequence } from '../timeline/shapes';
import type { Seconds } from '../units';
import type { Common } from './problem';

/**
 * Awaits one after another that do not need each other, as far as names tell, and what each of them took: together they would take as long
 * as the longest. That is a guess until somebody has tried it.
 */
export interface Sequential extends Common {
  readonly kind: 'sequential-awaits';
  readonly sequence: AwaitSequence;
  readonly file: string;
  /** The function that awaits them. */
  readonly function: string;
  /** Of the visit that took longest: how many awaits, how long all of them took, and the longest. */
  readonly count: number;
  readonly took: Seconds;
  readonly longest: Seconds;
}

/** What could be gained at least, for it to be told. */
const LEAST: Seconds = 0.05;
/** An await that took less did not wait for anything worth telling. */
const LEAST_EACH: Seconds = 0.005;

interface Awaited {
  readonly of: CoroutineSpan;
  /** Where it was awaited. */
  readonly line: number;
}

export function sequential(timeline: Timeline): Sequential[] {
  const { shapes, coroutines } = timeline;
  if (!shapes || ![...shapes.values()].some(({ sequences }) => sequences.length > 0)) return [];
  const runs = new Map<number, CoroutineSpan>(coroutines.map((each) => [each.id, each]));
  const awaited = new Map<AwaitSequence, Map<number, Awaited[]>>();
  const files = new Map<AwaitSequence, string>();
  for (const [file, { sequences }] of shapes) {
    const isIt = isFile(file);
    for (const sequence of sequences) files.set(sequence, file);
    if (sequences.length === 0) continue;
    for (const span of coroutines) {
      const site = timeline.sites[span.site];
      if (!site || span.awaiter === 0 || !isIt(site.code.file)) continue;
      const sequence = sequences.find(({ awaits }) =>
        awaits.some(({ first, last }) => site.line >= first && site.line <= last),
      );
      if (!sequence || runs.get(span.awaiter)?.code !== site.code) continue;
      const of = awaited.get(sequence) ?? new Map<number, Awaited[]>();
      awaited.set(sequence, of);
      const spans = of.get(span.awaiter);
      if (spans) spans.push({ of: span, line: site.line });
      else of.set(span.awaiter, [{ of: span, line: site.line }]);
    }
  }
  return [...awaited].flatMap(([sequence, of]) => {
    const found = [...of].flatMap(([id, spans]) => visits(sequence, files.get(sequence)!, runs.get(id)!, spans));
    if (found.length === 0) return [];
    const worst = found.reduce((a, b) => (b.cost > a.cost ? b : a));
    return [{ ...worst, times: found.length, cost: found.reduce((sum, { cost }) => sum + cost, 0) }];
  });
}

/** @param spans what one run of the function awaited there, in order */
function visits(sequence: AwaitSequence, file: string, run: CoroutineSpan, spans: readonly Awaited[]): Sequential[] {
  const rounds: Awaited[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const span of spans) {
    // Statements in a loop are gone through again and again.
    if (sequence.how === 'statements' ? span.line <= last : rounds.length === 0) rounds.push([]);
    rounds.at(-1)!.push(span);
    last = span.line;
  }
  return rounds.flatMap((round) => visit(sequence, file, run, round));
}

function visit(sequence: AwaitSequence, file: string, run: CoroutineSpan, spans: readonly Awaited[]): Sequential[] {
  // One that failed kept the next from being called, which gather() would not.
  if (spans.some(({ of }) => of.outcome !== 'returned')) return [];
  const lengths = spans.map(({ of }) => of.end - of.start).filter((length) => length >= LEAST_EACH);
  const took = lengths.reduce((sum, length) => sum + length, 0);
  const longest = Math.max(0, ...lengths);
  if (lengths.length < 2 || took - longest < LEAST) return [];
  const first = spans[0].of;
  return [
    {
      kind: 'sequential-awaits',
      severity: 'info',
      task: first.task,
      segment: undefined,
      site: first.site,
      start: first.start,
      startStep: first.startStep,
      end: spans.at(-1)!.of.end,
      cost: took - longest,
      times: 1,
      sequence,
      file,
      function: run.code.function,
      count: lengths.length,
      took,
      longest,
    },
  ];
}
