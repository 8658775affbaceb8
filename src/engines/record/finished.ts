import { inMemory, type TraceSource } from '../../core/trace/source';

/** The trace of a run that has ended. */
export interface FinishedTrace extends TraceSource {
  /** All of it at once. */
  whole(): Uint8Array;
}

export function finishedInMemory(bytes: Uint8Array): FinishedTrace {
  return { ...inMemory(bytes), whole: () => bytes };
}

/** In pieces, each valid until the next one is requested. */
export function* piecesOf(trace: TraceSource, size = 1 << 20): Generator<Uint8Array> {
  for (let at = 0; at < trace.length; at += size) yield trace.bytes(at, Math.min(size, trace.length - at));
}
