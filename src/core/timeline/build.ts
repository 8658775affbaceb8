import { freeColumns, type StepColumn } from '../trace/columns';
import { EventKind, isNumbered } from '../trace/events';
import { decodeTrace, type Trace } from '../trace/read';
import type { TraceSource } from '../trace/source';
import { collectContexts } from './contexts';
import { collectCoroutines } from './coroutines';
import { CUT_OFF, DAMAGED } from './cut-off';
import { collectDeadlines } from './deadlines';
import { findDeadlocks } from './deadlock';
import { collectHolds } from './holds';
import { holdsInSteps } from './holds-in-steps';
import { collectJobs, markSignals } from './jobs';
import { collectLoops, collectTurns } from './loops';
import type { Timeline, Truncation } from './model';
import { collectNotRecorded } from './not-recorded';
import { startedOthers } from './processes';
import { collectErrors, collectLogs, collectOutput, parseStop } from './program';
import { collectResources } from './resources';
import { collectRunCancels } from './run-cancels';
import { buildSegments } from './segments';
import { collectSpans } from './spans';
import { TaskRecords } from './task-records';
import { collectTies, collectTimeGiven } from './ties';
import { onOneAxis } from './turns';
import { collectWrongThreadCalls } from './wrong-thread';

/**
 * Trace records → tasks, segments, coroutines: everything that is shown. Linear in the number of records.
 * @param once the caller does not use the trace afterwards: its steps, which are most of it, are freed while segments are built
 */
export function buildTimeline(decoded: Trace, once = false): Timeline {
  const { trace, turns } = onOneAxis(decoded);
  const origin = trace.meta.origin;
  const duration = lastMoment(trace) - origin;
  const extent = { duration, steps: turns.count };
  const loops = collectLoops(trace);
  const { callbacks, idle } = collectTurns(trace);
  const holds = holdsInSteps(collectHolds(trace), trace);
  const free = (columns: readonly StepColumn[]) => {
    if (once) for (const { steps } of [decoded, trace]) freeColumns(steps, columns);
  };
  const { tasks, segments } = buildSegments(trace, new TaskRecords(trace), turns, { duration, loops }, free);
  markSignals({ callbacks, tasks }, segments);
  const coroutines = collectCoroutines(trace, { tasks, segments }, extent);
  const timeline: Timeline = {
    meta: trace.meta,
    duration,
    steps: turns.count,
    tasks,
    segments,
    sites: trace.sites,
    waits: trace.waits,
    coroutines,
    contexts: collectContexts(trace),
    spans: collectSpans(trace),
    ...collectResources(trace),
    callbacks,
    idle,
    loops,
    jobs: collectJobs(trace),
    holds,
    deadlines: collectDeadlines(trace),
    wrongThreadCalls: collectWrongThreadCalls(trace),
    runCancels: collectRunCancels(trace),
    processes: trace.processes ?? [],
    startedOthers: startedOthers(trace),
    notRecorded: collectNotRecorded(trace),
    ties: collectTies(trace),
    timeGiven: collectTimeGiven(trace),
    output: collectOutput(trace),
    logs: collectLogs(trace),
    errors: collectErrors(trace, coroutines),
    findings: [],
    truncated: truncation(trace),
    exit: trace.end?.exit ?? undefined,
  };
  return { ...timeline, findings: findDeadlocks(trace, timeline) };
}

/** Bytes of a trace file → timeline. @throws TraceError */
export function readTimeline(trace: Uint8Array | TraceSource): Timeline {
  return buildTimeline(decodeTrace(trace), true);
}

function lastMoment({ steps, events, meta }: Trace): number {
  let last = meta.origin;
  for (let i = 0; i < steps.count; i++) if (steps.end[i] > last) last = steps.end[i];
  for (let i = 0; i < events.count; i++) {
    if (events.t0[i] > last) last = events.t0[i];
    // A deadline's is when it is due.
    if (isNumbered(events.kind[i]) || events.kind[i] === EventKind.deadline) continue;
    if (events.t1[i] > last) last = events.t1[i];
  }
  return last;
}

function truncation(trace: Trace): Truncation | undefined {
  const stop = parseStop(trace);
  if (stop) return stop;
  if (trace.damaged) return { reason: 'damaged', message: DAMAGED };
  if (trace.end) return undefined;
  return {
    reason: 'killed',
    message: CUT_OFF,
  };
}
