import { collectCoroutines } from './coroutines';
import { EventKind } from './events';
import type { CallbackRun, CauseKind, LoopStretch, Timeline, Truncation } from './model';
import { causeKinds } from './model';
import { collectErrors, collectOutput, parseStop } from './program';
import { buildSegments } from './segments';
import { collectTasks } from './tasks';
import { decodeTrace, type Trace } from './trace';
import { numberTurns } from './turns';

/** Trace records → tasks, segments, coroutines: everything that is shown. Pure; linear in the number of records. */
export function buildTimeline(trace: Trace): Timeline {
  const turns = numberTurns(trace.steps, trace.events);
  const origin = trace.meta.origin;
  const duration = lastMoment(trace) - origin;
  const { tasks, segments } = buildSegments(trace, collectTasks(trace), turns, duration);
  const extent = { duration, steps: turns.count };
  return {
    meta: trace.meta,
    duration,
    steps: turns.count,
    tasks,
    segments,
    sites: trace.sites,
    waits: trace.waits,
    coroutines: collectCoroutines(trace, { tasks, segments }, extent),
    ...collectLoop(trace),
    output: collectOutput(trace),
    errors: collectErrors(trace),
    truncated: truncation(trace),
    exit: trace.end?.exit,
  };
}

/** Bytes of a trace file → timeline. @throws TraceError */
export function readTimeline(bytes: Uint8Array): Timeline {
  return buildTimeline(decodeTrace(bytes));
}

function lastMoment({ steps, events, meta }: Trace): number {
  let last = meta.origin;
  for (let i = 0; i < steps.count; i++) if (steps.end[i] > last) last = steps.end[i];
  for (let i = 0; i < events.count; i++) {
    if (events.t0[i] > last) last = events.t0[i];
    if (events.kind[i] !== EventKind.task && events.t1[i] > last) last = events.t1[i];
  }
  return last;
}

function collectLoop({ events, strings, meta }: Trace): { callbacks: CallbackRun[]; idle: LoopStretch[] } {
  const callbacks: CallbackRun[] = [];
  const idle: LoopStretch[] = [];
  for (let i = 0; i < events.count; i++) {
    const kind = events.kind[i];
    if (kind !== EventKind.idle && kind !== EventKind.callback) continue;
    const stretch = {
      start: events.t0[i] - meta.origin,
      end: events.t1[i] - meta.origin,
      startStep: events.seq[i],
      endStep: events.seq[i] + 1,
    };
    if (kind === EventKind.idle) idle.push(stretch);
    else
      callbacks.push({ ...stretch, cause: causeOf(events.a[i]), task: events.b[i], name: strings[events.c[i]] ?? '' });
  }
  return { callbacks, idle };
}

export function causeOf(code: number): CauseKind {
  return causeKinds[code & 7];
}

function truncation(trace: Trace): Truncation | undefined {
  const stop = parseStop(trace);
  if (stop) return stop;
  if (trace.end) return undefined;
  return {
    reason: 'killed',
    message: 'The record ends in the middle: the program was killed, or the file was cut off.',
  };
}
