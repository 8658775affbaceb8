import { chainOf } from '../places/chain';
import type { ProgramError } from '../timeline/model';
import { type CoroutineSpan, State, type Task, type Timeline } from '../timeline/model';
import type { Common } from './problem';

/**
 * Async generators that were left before their end, by a `break`, a `return` or an exception in the `async for`, and whose `finally` had
 * something to do: Python closes them later, in a task of its own.
 */

export interface LeftOpen extends Common {
  readonly kind: 'generator-left-open';
  readonly generator: CoroutineSpan;
  /** The task in which it was closed. */
  readonly closer: Task;
}

const all = new WeakMap<Timeline, readonly LeftOpen[]>();

export function leftOpen(timeline: Timeline): readonly LeftOpen[] {
  const known = all.get(timeline) ?? find(timeline);
  all.set(timeline, known);
  return known;
}

function find(timeline: Timeline): LeftOpen[] {
  const generators = timeline.coroutines.filter(
    ({ code, items }) => code.kind === 'asyncgen' && items && items.length > 0,
  );
  if (generators.length === 0) return [];
  return timeline.tasks.flatMap((closer) => {
    const code = closedIn(timeline, closer);
    if (!code) return [];
    const step = timeline.segments.startStep[closer.first];
    const generator = generators.findLast(
      (each) => each.code === code && each.task !== closer.id && each.startStep < step,
    );
    const last = generator?.items?.at(-1);
    if (!generator || !last) return [];
    const failed = closer.outcome.kind === 'exception';
    return [
      {
        kind: 'generator-left-open' as const,
        severity: failed ? ('error' as const) : ('warning' as const),
        task: last.task,
        segment: undefined,
        site: last.site,
        start: closer.created,
        startStep: step,
        end: closer.outcome.kind === 'pending' ? undefined : closer.ended,
        cost: 0,
        times: 1,
        generator,
        closer,
      },
    ];
  });
}

/** The code of the generator that a task closes: asyncio makes such a task, which has no coroutine of its own, from `aclose()`. */
function closedIn({ segments, sites }: Timeline, { code, first, count, outcome }: Task) {
  if (code || count === 0) return undefined;
  const found: number[] = outcome.kind === 'exception' ? [outcome.site] : [];
  for (let row = first; row < first + count; row++)
    if (segments.state[row] === State.suspended) found.push(segments.site[row]);
  for (const site of found) {
    const generator = chainOf({ sites }, site).find((each) => each.code.kind === 'asyncgen' && each.code.user);
    if (generator) return generator.code;
  }
  return undefined;
}

/** The exception that came of it is told with it. */
export function isOfClosing(timeline: Timeline, { kind, task }: ProgramError): boolean {
  return kind === 'never-retrieved' && leftOpen(timeline).some(({ closer }) => closer.id === task);
}
