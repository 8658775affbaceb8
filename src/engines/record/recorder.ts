import { joined } from '../../core/joined';
import { type Stop, withStopRecord } from '../stop-record';
import { type FinishedTrace, finishedInMemory } from './finished';

/** Receives the bytes of a trace while its program runs. */
export interface Recorder {
  /** The next bytes. Never throws: errors are reported in another way. */
  push(bytes: Uint8Array): void;
  /** A trace of the run so far, in pieces; the run continues. */
  soFar(): Iterable<Uint8Array>;
  /** The run is over; nothing is pushed any more. @param stop why the trace ends before its program does */
  finish(stop: Stop | undefined): FinishedTrace;
}

/** All of it, in memory. */
export function inMemory(): Recorder {
  const parts: Uint8Array[] = [];
  return {
    push: (bytes) => parts.push(bytes),
    soFar: () => parts,
    finish(stop) {
      const trace = joined(parts.splice(0));
      return finishedInMemory(stop ? withStopRecord(trace, stop) : trace);
    },
  };
}
