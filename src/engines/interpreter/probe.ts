import { spawn } from 'node:child_process';
import type { Interpreter } from './interpreter';

export type { Interpreter } from './interpreter';

export type ProbeResult =
  | { readonly kind: 'good'; readonly interpreter: Interpreter }
  | { readonly kind: 'old'; readonly command: string; readonly version: string }
  | { readonly kind: 'other'; readonly command: string; readonly implementation: string }
  | { readonly kind: 'broken'; readonly command: string; readonly why: string }
  | { readonly kind: 'missing'; readonly command: string };

export const OLDEST: readonly [number, number] = [3, 9];

/** Speaks every Python from 2.7 on, so that an old one can say that it is old. */
const QUESTION =
  'import sys, platform; print("coroscope %d.%d.%d %s %s" % (sys.version_info[:3] + (platform.python_implementation(), sys.executable)))';
const PATIENCE = 15_000;

/** Asks a command which Python it is. Never throws. */
export function probe(
  command: string,
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = [],
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    let output = '';
    let errors = '';
    const child = spawn(command, [...args, '-c', QUESTION], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
    });
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    child.on('error', (error: NodeJS.ErrnoException) => {
      const absent = error.code === 'ENOENT' || error.code === 'ENOTDIR';
      resolve(absent ? { kind: 'missing', command } : { kind: 'broken', command, why: error.message });
    });
    child.on('close', () => resolve(read(command, output, errors)));
  });
}

function read(command: string, output: string, errors: string): ProbeResult {
  const answer = /^coroscope (\d+)\.(\d+)\.(\d+) (\S+) (.*)$/m.exec(output);
  if (!answer) return { kind: 'broken', command, why: errors.trim().split('\n').at(-1) ?? '' };
  const [, major, minor, micro, implementation, executable] = answer;
  const version = `${major}.${minor}.${micro}`;
  if (implementation !== 'CPython') return { kind: 'other', command, implementation };
  if (isOld(Number(major), Number(minor))) return { kind: 'old', command, version };
  // A launcher or shim starts the real one as its child, which could not be stopped as one.
  return { kind: 'good', interpreter: { command: executable.trim() || command, version } };
}

function isOld(major: number, minor: number): boolean {
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
