import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import { type CauseKind, causeKinds } from '../trace/records';
import type { CallbackRun, EventLoop, LoopStretch } from './model';

/** The event loops with their callbacks and idle waits. */

const SIGNAL = causeKinds.indexOf('signal');

export function collectLoops({ events, strings, meta, steps }: Trace): EventLoop[] {
  const loops = new Map<number, { -readonly [K in keyof EventLoop]: EventLoop[K] }>();
  const found = (id: number, opened: number) => {
    const known = loops.get(id);
    if (known) return known;
    const made = { id, thread: '', opened, closed: undefined, closedStep: undefined, foreign: '' };
    loops.set(id, made);
    return made;
  };
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.loop) continue;
    const loop = found(events.a[i], events.t0[i] - meta.origin);
    if (events.b[i] === 2) {
      loop.closed = events.t0[i] - meta.origin;
      loop.closedStep = events.seq[i];
    } else {
      // It may be made in one thread and run in another.
      loop.thread = strings[events.c[i]] ?? '';
      if (events.b[i] === 1) loop.foreign = strings[events.d[i]] ?? '';
    }
  }
  // A trace that was damaged, or made by hand, may not say that a loop began.
  for (let i = 0; i < steps.count; i++) if (!loops.has(steps.loop[i])) found(steps.loop[i], 0);
  return [...loops.values()].sort((a, b) => a.id - b.id);
}

export function collectTurns({ events, strings, meta }: Trace): { callbacks: CallbackRun[]; idle: LoopStretch[] } {
  const callbacks: CallbackRun[] = [];
  const idle: LoopStretch[] = [];
  for (let i = 0; i < events.count; i++) {
    const kind = events.kind[i];
    if (kind !== EventKind.idle && kind !== EventKind.callback) continue;
    const loop = events.loop[i];
    const start = events.t0[i] - meta.origin;
    const end = events.t1[i] - meta.origin;
    const startStep = events.seq[i];
    if (kind === EventKind.idle) {
      idle.push({ loop, start, end, startStep, endStep: startStep + 1 });
      continue;
    }
    const signal = events.a[i] === SIGNAL;
    callbacks.push({
      loop,
      start,
      end,
      startStep,
      endStep: startStep + 1,
      cause: causeOf(events.a[i]),
      task: events.b[i],
      job: signal ? 0 : events.d[i],
      signal: signal ? events.d[i] : 0,
      name: strings[events.c[i]] ?? '',
    });
  }
  // The entries of each loop are sorted; merge those of several loops.
  const inOrder = (a: LoopStretch, b: LoopStretch) => a.startStep - b.startStep;
  return { callbacks: callbacks.sort(inOrder), idle: idle.sort(inOrder) };
}

function causeOf(code: number): CauseKind {
  return causeKinds[code] ?? 'unknown';
}
