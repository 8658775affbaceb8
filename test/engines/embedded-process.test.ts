import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { EmbeddedEngine } from '../../src/engines/embedded/engine';
import { Interrupts } from '../../src/engines/embedded/interrupts';
import { dist, program, runs } from './here';

const t = translator(undefined);
const python = new EmbeddedEngine(dist, t);
afterAll(() => python.dispose());

describe.runIf(process.platform === 'linux')('the process', () => {
  test('has nothing of its host’s: no environment, no open files', async () => {
    await python.warm();
    const { pid } = python;
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
    const open = readdirSync(`/proc/${pid}/fd`).map(
      (fd) => [Number(fd), readlinkSync(`/proc/${pid}/fd/${fd}`)] as const,
    );
    expect(open.filter(([fd, file]) => fd < 3 && file.startsWith('socket:')).length).toBe(3);
    // Files that Node opens for itself.
    const own = /^(anon_inode:|pipe:|\/dev\/null$|socket:)/;
    expect(open.filter(([, file]) => !own.test(file))).toEqual([]);
  });

  test('that is killed from outside is told, and the next run has another', async () => {
    const endless = program('print("on", flush=True)\nwhile True: pass');
    const result = runs(endless, { engine: 'embedded', python: watched(() => process.kill(python.pid!, 'SIGTERM')) });
    const { timeline } = await result;
    expect(timeline.truncated).toEqual({ reason: 'killed', message: 'program.py was killed (SIGTERM).' });
    expect((await runs(program('print(1)'), { engine: 'embedded', python })).stdout).toBe('1\n');
  });
});

/** `python`, with something done as soon as the program prints. */
function watched(act: () => void): EmbeddedEngine {
  return Object.assign(Object.create(python), {
    name: 'embedded',
    run: (request: unknown, listener: { output(stream: string, text: string): void }, signal: AbortSignal) =>
      python.run(
        request as Parameters<EmbeddedEngine['run']>[0],
        {
          ...listener,
          trace: (listener as never as Parameters<EmbeddedEngine['run']>[1]).trace,
          output(stream, text) {
            listener.output(stream, text);
            act();
          },
        },
        signal,
      ),
  });
}

describe('a run is told to stop', () => {
  const files = (word: string | undefined) => ({
    statSync: () => word && {},
    readFileSync: () => word ?? '',
  });

  test('by the host’s word, once for each', () => {
    let now = 0;
    let word: string | undefined;
    const watch = new Interrupts('/stop', () => now, {
      statSync: () => files(word).statSync(),
      readFileSync: () => files(word).readFileSync(),
    });
    watch.begin(0);
    const look = () => {
      now += 20;
      return [watch.buffer[0], watch.reason];
    };
    word = 'interrupt';
    expect(look()).toEqual([2, 'interrupt']);
    expect(look()).toEqual([0, 'interrupt']);
    word = 'cancelled';
    expect(look()).toEqual([2, 'cancelled']);
  });

  test('where there is no such word it is asked where it stands, now and then, and a word comes first', () => {
    let now = 0;
    let word: string | undefined;
    const watch = new Interrupts('/stop', () => now, {
      statSync: () => files(word).statSync(),
      readFileSync: () => files(word).readFileSync(),
    });
    watch.begin(0);
    const look = (after: number) => {
      now += after;
      return watch.buffer[0];
    };
    expect([look(30), watch.why()]).toEqual([2, 'sample']);
    expect([look(10), watch.why()]).toEqual([0, '']);
    expect(look(20)).toBe(2);
    // It has not read that yet.
    expect(look(50)).toBe(0);
    word = 'cancelled';
    expect([look(20), watch.why()]).toEqual([2, 'cancelled']);
    // The program may not stop in the middle of an operation: interrupt it again.
    expect([look(50), watch.why()]).toEqual([2, 'sample']);
  });

  test('by the limit of wall time, which is never taken for a cancellation', () => {
    let now = 0;
    const watch = new Interrupts('/stop', () => now, files('wall-time'));
    watch.begin(1);
    now = 5000;
    expect([watch.buffer[0], watch.reason]).toEqual([2, 'wall-time']);
  });
});
