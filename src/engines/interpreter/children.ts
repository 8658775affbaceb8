import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ofMemory, scanTrace } from '../record/scan';

/** A longer record has no room in a chunk. */
const LONGEST = 2 ** 31;

/** The folder into which the processes that a program starts record themselves, and what they left there. */
export class Children {
  readonly folder = mkdtempSync(join(tmpdir(), 'coroscope-children-'));

  /** Each record as a chunk of the program's own, in the order in which they began; then an empty one: what ends a child ends no parent. */
  *chunks(): Generator<Uint8Array> {
    let any = false;
    for (const name of readdirSync(this.folder).sort()) {
      const record = this.#read(name);
      // It may have been killed while it wrote: what is whole counts.
      const { length } = scanTrace(ofMemory(record));
      if (length === 0 || length >= LONGEST) continue;
      any = true;
      yield chunk('CHLD', record.subarray(0, length));
    }
    if (any) yield chunk('MARK', new Uint8Array());
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #read(name: string): Uint8Array {
    try {
      const fd = openSync(join(this.folder, name), 'r');
      try {
        return readFileSync(fd);
      } finally {
        closeSync(fd);
      }
    } catch {
      return new Uint8Array();
    }
  }
}

function chunk(tag: string, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, payload.length, true);
  bytes.set(payload, 8);
  return bytes;
}
