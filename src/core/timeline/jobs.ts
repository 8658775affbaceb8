import { firstWhere } from '../sorted';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import { causeKinds } from '../trace/records';
import { type CallbackRun, type Job, type JobOutcome, type Segments, State, type Timeline } from './model';

/** Work beside the loops: executors, threads and subprocesses, and the tasks that their ends woke. */

export function collectJobs({ events, strings, jobs: definitions, meta }: Trace): Job[] {
  const jobs = new Map<number, { -readonly [K in keyof Job]: Job[K] }>();
  for (let i = 0; i < events.count; i++) {
    const id = events.a[i];
    // What is submitted before the first loop starts belongs to its very beginning.
    const time = Math.max(0, events.t0[i] - meta.origin);
    if (events.kind[i] === EventKind.job) {
      jobs.set(id, {
        id,
        kind: definitions[id]?.kind ?? 'thread',
        label: definitions[id]?.label ?? '?',
        task: events.b[i],
        site: events.d[i],
        loop: events.loop[i],
        submitted: time,
        submittedStep: events.seq[i],
        started: undefined,
        startedStep: undefined,
        worker: '',
        pid: 0,
        ended: undefined,
        endedStep: undefined,
        outcome: { kind: 'pending' },
      });
      continue;
    }
    const job = jobs.get(id);
    if (!job) continue;
    if (events.kind[i] === EventKind.jobStarted) {
      job.started = time;
      job.startedStep = events.seq[i];
      job.worker = strings[events.c[i]] ?? '';
      job.pid = events.b[i];
    } else if (events.kind[i] === EventKind.jobEnded) {
      job.ended = time;
      job.endedStep = events.seq[i];
      job.outcome = outcomeOf(events.b[i], strings[events.c[i]] ?? '', events.d[i]);
    }
  }
  return [...jobs.values()].sort((a, b) => a.id - b.id);
}

function outcomeOf(kind: number, text: string, site: number): JobOutcome {
  if (kind === 1) return { kind: 'result', text };
  if (kind === 2) return { kind: 'exception', text, site };
  if (kind === 3) return { kind: 'cancelled' };
  if (kind === 4) return { kind: 'exit', code: Number(text) };
  return { kind: 'pending' };
}

/** The callback during which a task became ready (`row` is a ready segment); undefined if it was none, or a task's step. */
export function wakingCallback({ callbacks, segments, tasks }: Timeline, row: number): CallbackRun | undefined {
  const turn = segments.startStep[row] - 1;
  const low = firstWhere(0, callbacks.length, (i) => callbacks[i].startStep >= turn);
  const found = callbacks[low];
  return found?.startStep === turn && found.loop === tasks[segments.task[row]].loop ? found : undefined;
}

/** The job whose end, or whose call, made a task ready (`row` is a ready segment). */
export function wakingJob(timeline: Timeline, row: number): Job | undefined {
  const number = wakingCallback(timeline, row)?.job;
  return number ? timeline.jobs[jobIndex(timeline.jobs, number)] : undefined;
}

/** Jobs are numbered in order of submission; if none is missing, the index follows from the number. */
function jobIndex(jobs: readonly Job[], id: number): number {
  return jobs[id - 1]?.id === id ? id - 1 : jobs.findIndex((job) => job.id === id);
}

/** A step cannot record that a signal handler caused it; its callback does. */
export function markSignals(timeline: Pick<Timeline, 'callbacks' | 'tasks'>, segments: Segments): void {
  const turns = new Map<number, number>();
  for (const run of timeline.callbacks) if (run.signal) turns.set(run.startStep, run.loop);
  if (turns.size === 0) return;
  const callback = causeKinds.indexOf('callback');
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.ready || segments.cause[row] !== callback) continue;
    const loop = turns.get(segments.startStep[row] - 1);
    if (loop === timeline.tasks[segments.task[row]].loop) segments.cause[row] = causeKinds.indexOf('signal');
  }
}
