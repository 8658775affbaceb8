/**
 * How Pyodide is given the memory of an interpreter that was loaded before: straight from the file into the memory of WebAssembly.
 * Handed over as one array it would be in memory twice, and each start would copy 31 MB, half of them zeros.
 */

/** What Pyodide makes its module from, which becomes that module. */
interface Settings {
  INITIAL_MEMORY: number;
  HEAPU8: Uint8Array;
}

export type CreateModule = (settings: Settings) => Promise<unknown>;

/** A snapshot: a head of Pyodide's own, and the memory. */
export interface RestoredMemory {
  /** Of both, in bytes. */
  readonly length: number;
  /** Fills `bytes` with what comes next. @throws where it cannot */
  take<T extends Uint8Array>(bytes: T): T;
  /** @throws where what was taken is not what was written */
  check(): void;
}

/** The head begins with a mark and with its own length, as u32. */
const HEAD_START = 8;
/** Beyond this (bytes) it is no head. */
const LONGEST_HEAD = 10_000_000;

/** Options of `loadPyodide`. @throws where the snapshot is none */
export function restoring(snapshot: RestoredMemory, create: CreateModule) {
  let module: Settings | undefined;
  const head = headOf(snapshot);
  // Pyodide reads what follows the head and copies it to the beginning of the memory.
  const subarray = (from?: number, to?: number) => {
    if (from !== head.length || to !== undefined || module === undefined)
      return Uint8Array.prototype.subarray.call(head, from, to);
    snapshot.take(module.HEAPU8.subarray(0, snapshot.length - head.length));
    snapshot.check();
    return new Uint8Array(0);
  };
  return {
    _loadSnapshot: Object.defineProperty(head, 'subarray', { value: subarray }),
    createPyodideModule: (settings: Settings) => {
      module = settings;
      settings.INITIAL_MEMORY = snapshot.length;
      return create(settings);
    },
  };
}

function headOf(snapshot: RestoredMemory): Uint8Array {
  const start = snapshot.take(new Uint8Array(HEAD_START));
  const length = new DataView(start.buffer).getUint32(4, true);
  if (length < HEAD_START || length > LONGEST_HEAD || length % 4 > 0) throw new RangeError('This is no snapshot.');
  const head = new Uint8Array(length);
  head.set(start);
  snapshot.take(head.subarray(HEAD_START));
  return head;
}
