import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { ofMemory, scanTrace } from '../../src/engines/record/scan';
import { interpreters, program } from '../engines/here';

/**
 * A trace whose reader is slow: the pipe is full, and the tracer waits in the middle of a chunk. What ends the program then has to wait
 * until the chunk is written; it was written into the middle of it, and no one could read what followed.
 */
const tracer = resolve('src/python/coroscope');

// A thread prints how far the loop is: where that stays the same, the tracer waits for the reader of its pipe.
const spins = (ending: string) => `import asyncio, os, signal, sys, threading, time
turns = 0
def watch():
    while True:
        time.sleep(0.02)
        print(turns, flush=True)
async def main():
    global turns
    while True:
        await asyncio.sleep(0)
        turns += 1
threading.Thread(target=watch, daemon=True).start()
${ending}
`;

describe.each(interpreters)('$version', ({ command }) => {
  test.each([
    ['SIGTERM of the host', 'asyncio.run(main())', 'SIGTERM', 'cancelled'],
    ['SIGINT', 'asyncio.new_event_loop().run_until_complete(main())', 'SIGINT', undefined],
  ] as const)('%s while the pipe is full leaves a whole trace', async (_, ending, signal, reason) => {
    const file = program({ 'spins.py': spins(ending) });
    const why = join(dirname(file), 'why');
    writeFileSync(why, 'cancelled');
    const args = [tracer, 'run', '--trace-fd', '3', '--stop-reason', why, '--clock', 'real', file];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    const pipe = child.stdio[3] as Readable;
    const over = new Promise((done) => child.on('exit', done));
    try {
      const lines = linesOf(child.stdout as Readable);
      // Nobody reads the pipe so far.
      await lines.same(5);
      child.kill(signal);
      // Time for a handler that does not wait.
      await lines.same(20);
      const parts: Buffer[] = [];
      pipe.on('data', (part: Buffer) => parts.push(part));
      const ended = new Promise((done) => pipe.on('end', done));
      await over;
      await ended;
      const trace = new Uint8Array(Buffer.concat(parts));
      expect(scanTrace(ofMemory(trace))).toMatchObject({ complete: true, damage: undefined, length: trace.length });
      const timeline = readTimeline(trace);
      expect(timeline.truncated?.reason).toBe(reason);
      // A turn is counted by the program after its step was recorded.
      expect(timeline.steps).toBeGreaterThan(await lines.last());
    } finally {
      child.kill('SIGKILL');
    }
  });
});

/** Lines of a program, as they come. */
function linesOf(stream: Readable) {
  const lines: string[] = [];
  let heard = () => {};
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    heard();
  });
  const next = () => new Promise<void>((done) => (heard = done));
  return {
    last: () => Number(lines.at(-1) ?? 0),
    /** Waits until the next lines are all the same, and not 0. */
    async same(count: number): Promise<void> {
      lines.length = 0;
      for (;;) {
        await next();
        const last = lines.slice(-count);
        if (last.length === count && last[0] !== '0' && new Set(last).size === 1) return;
      }
    },
  };
}
