import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { disposeEngines } from '../../src/engines/run';
import { runs } from '../engines/here';

/** The result of one run of a program. */
export interface Ran {
  readonly trace: Uint8Array;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number | null;
}

/** What the reference recorder wrote (`reference.py`). */
export interface Reference {
  /** Task, when and by whom it was scheduled (an eager step never was), when it began and ended, where it stands. */
  readonly steps: readonly (readonly [
    number,
    readonly [number, number | null] | null,
    number,
    number,
    readonly (readonly [string, number])[] | null,
  ])[];
  /** Name and outcome, by number. */
  readonly tasks: readonly (readonly [string, string])[];
  readonly deadlock: boolean;
}

/** Somewhere to run programs, one after another. */
export interface Runner {
  traced(source: string, clock: 'virtual' | 'real'): Promise<Ran>;
  /** Runs it without the tracer; undefined where that is not possible. */
  reference?(source: string): Promise<{ readonly reference: Reference; readonly stdout: string }>;
  dispose(): void;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const LIMITS = { steps: 100_000, virtualTime: 10_000, wallTime: 60 };

/**
 * A warm interpreter that forks for each program: some milliseconds where a start takes a hundred.
 * @param measured whether steps that burn CPU time cost what they took, as in a run of its own
 */
export function forking(command: string, measured = false): Runner {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-random-'));
  const paths = Object.fromEntries(['file', 'out', 'stdout', 'stderr'].map((name) => [name, join(folder, name)]));
  paths.file = join(folder, 'program.py');
  let child: ChildProcess | undefined;
  let answers: AsyncIterator<string>;
  const start = () => {
    child = spawn(
      command,
      [join(here, 'server.py'), resolve('src/python/coroscope'), ...(measured ? ['measured'] : [])],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: { ...process.env, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
      },
    );
    answers = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  };
  let last: Promise<unknown> = Promise.resolve();
  const order = (mode: string, source: string, args: readonly string[]): Promise<Ran> => {
    const result = last.then(async () => {
      if (!child) start();
      writeFileSync(paths.file, source);
      writeFileSync(paths.out, '');
      child!.stdin!.write(`${JSON.stringify({ mode, args, ...paths })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error(`${command} has ended`);
      const exit = Number(value);
      return {
        trace: new Uint8Array(readFileSync(paths.out)),
        stdout: readFileSync(paths.stdout, 'utf8'),
        stderr: readFileSync(paths.stderr, 'utf8'),
        exit,
      };
    });
    last = result.catch(() => {});
    return result;
  };
  return {
    traced: (source, clock) => order('trace', source, ['--clock', clock, '--max-steps', String(LIMITS.steps)]),
    reference: async (source) => {
      const { trace, stdout, stderr } = await order('reference', source, []);
      try {
        return { reference: JSON.parse(new TextDecoder().decode(trace)) as Reference, stdout };
      } catch {
        throw new Error(`The reference recorder broke down: ${stderr}`);
      }
    },
    dispose: () => {
      child?.stdin?.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The embedded Python, kept warm. */
export function embedded(): Runner {
  const file = join(mkdtempSync(join(tmpdir(), 'coroscope-random-')), 'program.py');
  let last: Promise<unknown> = Promise.resolve();
  return {
    traced: (source) => {
      const result = last.then(() => {
        writeFileSync(file, source);
        return runs(file, { engine: 'embedded', limits: LIMITS });
      });
      last = result.catch(() => {});
      return result;
    },
    dispose: disposeEngines,
  };
}
