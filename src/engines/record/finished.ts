import { inMemory, type TraceSource } from '../../core/trace/source';

/** What was recorded of a run that is over. */
export interface FinishedTrace extends TraceSource {
  /** All of it at once. */
  whole(): Uint8Array;
}

export function finishedInMemory(bytes: Uint8Array): FinishedTrace {
  return { ...inMemory(bytes), whole: () => bytes };
}

/** In pieces, each of which is good until the next one is asked for. */
export function* piecesOf(trace: TraceSource, size = 1 << 20): Generator<Uint8Array> {
  for (let at = 0; at < trace.length; at += size) yield trace.bytes(at, Math.min(size, trace.length - at));
}
