import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/**
 * How the trace comes out of the child. An extra pipe, where children inherit one; on Windows, where they do not reliably (the launcher
 * of a virtual environment drops it), a file that is read as it grows.
 */
export interface TraceSource {
  /** What tells the tracer where to write. */
  readonly args: readonly string[];
  /** The child's fd 3. */
  readonly stdio: 'pipe' | 'ignore';
  /** Starts to hand on bytes as they come. */
  attach(pipe: Readable | null, deliver: (bytes: Uint8Array) => void): void;
  /** The child has ended: hands on what is left. */
  drain(): Promise<void>;
}

export const TRACE_FD = 3;
/** A grandchild that keeps the pipe open must not keep the run open. */
const GRACE = 500;

export function pipeSource(): TraceSource {
  let ended: Promise<void> = Promise.resolve();
  let source: Readable | null = null;
  return {
    args: ['--trace-fd', String(TRACE_FD)],
    stdio: 'pipe',
    attach(pipe, deliver) {
      source = pipe;
      if (!pipe) return;
      ended = new Promise((resolve) => {
        pipe.on('data', deliver);
        pipe.on('end', resolve);
        pipe.on('close', resolve);
        pipe.on('error', () => resolve());
      });
    },
    async drain() {
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([ended, new Promise((resolve) => (timer = setTimeout(resolve, GRACE)))]);
      clearTimeout(timer);
      source?.destroy();
    },
  };
}

const POLL = 100;
const BLOCK = 1 << 20;

export function fileSource(): TraceSource {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));
  const path = join(folder, 'trace.coroscope');
  closeSync(openSync(path, 'w'));
  const fd = openSync(path, 'r');
  let timer: NodeJS.Timeout | undefined;
  let read = () => {};
  let drained = false;
  return {
    args: ['--trace', path],
    stdio: 'ignore',
    attach(_pipe, deliver) {
      read = () => {
        for (;;) {
          const block = new Uint8Array(BLOCK);
          const length = readSync(fd, block, 0, BLOCK, null);
          if (length === 0) return;
          deliver(block.subarray(0, length));
        }
      };
      timer = setInterval(() => read(), POLL);
    },
    async drain() {
      if (drained) return;
      drained = true;
      clearInterval(timer);
      read();
      closeSync(fd);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
