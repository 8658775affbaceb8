import { chainOf } from '../places/chain';
import type { ProgramError } from '../timeline/model';
import { type CoroutineSpan, State, type Task, type Timeline } from '../timeline/model';
import type { Common } from './problem';

/**
 * Async generators that the program stopped using before their end, by a `break`, a `return` or an exception in the `async for`. Python
 * runs their `finally` later, in a task that asyncio creates.
 */

export interface LeftOpen extends Common {
  readonly kind: 'generator-left-open';
  readonly generator: CoroutineSpan;
  /** The task in which it was closed. */
  readonly closer: Task;
}

const all = new WeakMap<Timeline, readonly LeftOpen[]>();

/** Finds them, one for each task in which asyncio closes a generator. Remembered for each timeline. */
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

/** The generator that a task closes. asyncio creates such tasks from `aclose()`; they have no coroutine function. */
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

/** Whether an error was raised while such a generator was closed. It is part of that finding, not one of its own. */
export function isOfClosing(timeline: Timeline, { kind, task }: ProgramError): boolean {
  return kind === 'never-retrieved' && leftOpen(timeline).some(({ closer }) => closer.id === task);
}
