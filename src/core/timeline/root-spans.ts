import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Code } from '../trace/records';
import type { Seconds } from '../units';
import { type CoroutineSpan, type Segments, State, type Task } from './model';

const outcomes = { result: 'returned', exception: 'raised', cancelled: 'cancelled', pending: 'pending' } as const;

/** A task's outermost coroutine lives from the task's first step to its end. It reads most values from the task instead of copying them. */
export class RootSpan implements CoroutineSpan {
  /** 0 until ids are given. */
  id = 0;

  constructor(
    private readonly owner: Task,
    private readonly begun: Begun,
    private readonly row: number,
  ) {}

  get task(): number {
    return this.owner.id;
  }

  get code(): Code {
    return this.owner.code!;
  }

  get awaiter(): number {
    return 0;
  }

  get depth(): number {
    return 0;
  }

  get start(): Seconds {
    return this.begun.start[this.row];
  }

  get end(): Seconds {
    return this.owner.ended;
  }

  get startStep(): number {
    return this.begun.startStep[this.row];
  }

  get endStep(): number {
    return this.begun.endStep[this.row];
  }

  get outcome(): CoroutineSpan['outcome'] {
    return outcomes[this.owner.outcome.kind];
  }

  get site(): number {
    return 0;
  }
}

/** When spans begin, by row. Not those of the segments themselves: those of a run that goes on move. */
interface Begun {
  readonly start: Float64Array;
  readonly startStep: Uint32Array;
  readonly endStep: Uint32Array;
}

/** In the order of the tasks. */
export function rootSpans({ events }: Trace, tasks: readonly Task[], segments: Segments): RootSpan[] {
  const unbegun = new Set<number>();
  for (let i = 0; i < events.count; i++) if (events.kind[i] === EventKind.unbegun) unbegun.add(events.a[i]);
  const begun: Begun = {
    start: new Float64Array(tasks.length),
    startStep: new Uint32Array(tasks.length),
    endStep: new Uint32Array(tasks.length),
  };
  const spans: RootSpan[] = [];
  for (const task of tasks) {
    const { code, first, count } = task;
    if (code?.kind !== 'coroutine' || !code.user || unbegun.has(task.id)) continue;
    const begin = firstBegun(segments, first, first + count);
    if (begin < 0) continue;
    const row = spans.length;
    begun.start[row] = segments.start[begin];
    begun.startStep[row] = segments.startStep[begin];
    begun.endStep[row] = segments.endStep[first + count - 1];
    spans.push(new RootSpan(task, begun, row));
  }
  return spans;
}

/** A task that stood at an await when the record began had begun before. */
function firstBegun(segments: Segments, from: number, to: number): number {
  for (let row = from; row < to; row++) if (segments.state[row] !== State.ready) return row;
  return -1;
}
