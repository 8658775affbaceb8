import { type Cancellation, cancellationOf } from '../causes/cancellations';
import { wakeReason } from '../causes/wakes';
import type { Task, Timeline } from '../timeline/model';
import type { FrameJson } from './frame';

/** Why a task became ready. */
export interface CauseJson {
  readonly kind: string;
  readonly task: number | null;
  readonly site: FrameJson | null;
  readonly callback?: string;
  readonly job?: number;
  readonly signal?: number;
  readonly timer?: { readonly task: number };
  readonly timeout?: { readonly task: number | null; readonly seconds: number | null };
  readonly origin?: CancellationJson;
}

/** Where a cancellation came from. */
export interface CancellationJson {
  readonly kind: Cancellation['kind'];
  readonly target: number;
  readonly task: number | null;
  readonly site: FrameJson | null;
  readonly callback?: string;
  readonly job?: number;
  readonly signal?: number;
  readonly seconds?: number | null;
}

type FrameOf = (site: number) => FrameJson | null;

/** Of the ready segment `row`. */
export function causeJson(timeline: Timeline, row: number, frame: FrameOf): CauseJson {
  const { cause, task, site, callback, job, signal, timer, timeout, cancelled } = wakeReason(timeline, row);
  return {
    kind: cause,
    task: known(task),
    site: frame(site),
    ...inCallback(callback, job, signal),
    ...(timer ? { timer: { task: timer } } : {}),
    ...(timeout ? { timeout: { task: known(timeout.task), seconds: timeout.seconds ?? null } } : {}),
    ...(cancelled ? { origin: originJson(cancelled, frame) } : {}),
  };
}

/** Of a task that ended cancelled. */
export function cancelledJson(timeline: Timeline, task: Task, frame: FrameOf): { readonly origin?: CancellationJson } {
  return task.outcome.kind === 'cancelled' ? { origin: originJson(cancellationOf(timeline, task), frame) } : {};
}

function originJson(from: Cancellation, frame: FrameOf): CancellationJson {
  const { kind, target, task, site, callback, job, signal, seconds } = from;
  return {
    kind,
    target,
    task: known(task),
    site: frame(site),
    ...inCallback(callback, job, signal),
    ...(kind === 'timeout' ? { seconds: seconds ?? null } : {}),
  };
}

function inCallback(callback: string, job: number, signal: number) {
  return { ...(callback ? { callback } : {}), ...(job ? { job } : {}), ...(signal ? { signal } : {}) };
}

function known(id: number): number | null {
  return id === 0 ? null : id;
}
