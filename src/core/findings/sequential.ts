import { isFile } from '../places/same-file';
import type { CoroutineSpan, Timeline } from '../timeline/model';
import type { AwaitSequence } from '../timeline/shapes';
import type { Seconds } from '../units';
import type { Common } from './problem';

/**
 * Awaits that follow each other although none uses the result of another, as far as names tell. Run concurrently they would take as long
 * as the longest of them. This is a guess: the program may need their order.
 */
export interface Sequential extends Common {
  readonly kind: 'sequential-awaits';
  readonly sequence: AwaitSequence;
  readonly file: string;
  /** The function that contains the awaits. */
  readonly function: string;
  /** Of the longest visit: the number of awaits, the seconds of all, and those of the longest. */
  readonly count: number;
  readonly took: Seconds;
  readonly longest: Seconds;
}

/** Least gain in seconds that is worth a finding. */
const LEAST: Seconds = 0.05;
/** An await that took fewer seconds did not really wait. */
const LEAST_EACH: Seconds = 0.005;

interface Awaited {
  readonly of: CoroutineSpan;
  /** Site id of the `await`. */
  readonly line: number;
}

/** Finds them; needs the shapes of the sources (`Timeline.shapes`). One finding for each sequence of awaits. */
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

/** @param spans the coroutines that one run of the function awaited there, in order */
function visits(sequence: AwaitSequence, file: string, run: CoroutineSpan, spans: readonly Awaited[]): Sequential[] {
  const rounds: Awaited[][] = [];
  let last = Number.POSITIVE_INFINITY;
  for (const span of spans) {
    // In a loop the same statements run several times.
    if (sequence.how === 'statements' ? span.line <= last : rounds.length === 0) rounds.push([]);
    rounds.at(-1)!.push(span);
    last = span.line;
  }
  return rounds.flatMap((round) => visit(sequence, file, run, round));
}

function visit(sequence: AwaitSequence, file: string, run: CoroutineSpan, spans: readonly Awaited[]): Sequential[] {
  // After a failure the next await does not run. With gather() it would, so the program behaves differently.
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
