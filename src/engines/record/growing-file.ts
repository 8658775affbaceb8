import { closeSync, openSync, statSync } from 'node:fs';
import type { TraceSource } from '../../core/trace/source';
import { filled } from './file-source';

/** A file that somebody else writes; as long as it is not there yet, it is empty. Each read opens it, and gives bytes of its own. */
export function growingFile(path: string): TraceSource {
  return {
    get length() {
      return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    },
    bytes(at, length) {
      const file = openSync(path, 'r');
      try {
        const bytes = new Uint8Array(length);
        return bytes.subarray(0, filled(file, bytes, at));
      } finally {
        closeSync(file);
      }
    },
  };
}
