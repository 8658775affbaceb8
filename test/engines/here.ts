import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readTimeline } from '../../src/core/timeline/build';
import { type Choice, defaultLimits, type RunOptions, runProgram } from '../../src/engines/run';
import { findPythons, selected } from './pythons';

/** What is on this machine, for tests that need it. */

/** The built `dist`. */
export const dist = resolve(process.env.COROSCOPE_DIST ?? 'dist');

const found = await findPythons();
/** Every CPython from 3.9 on that can be found, oldest first. */
export const allInterpreters = found.good;
/** Those that the tests run on (`selected`). */
export const interpreters = selected(allInterpreters);
export const oldInterpreters = found.old;
if (interpreters.length === 0)
  console.log('skipped: no CPython from 3.9 on was found; the interpreter engine is not tested');

/** A folder of its own with the given files. @returns the path of the first */
export function program(files: Readonly<Record<string, string>> | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
  const all = typeof files === 'string' ? { 'program.py': files } : files;
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(all)[0]);
}

/** Runs a program and collects its output and its trace. @param heard called after each piece of either, with the output so far */
export async function runs(
  file: string,
  options: Partial<RunOptions> = {},
  signal = new AbortController().signal,
  heard: (of: 'output' | 'trace', said: string) => unknown = () => {},
) {
  let choice: Choice | undefined;
  const output = { stdout: '', stderr: '' };
  const listener = {
    chosen: (chosen: Choice) => {
      choice = chosen;
    },
    trace: () => heard('trace', output.stdout),
    output: (stream: 'stdout' | 'stderr', text: string) => {
      output[stream] += text;
      heard('output', output.stdout);
    },
  };
  const all = { file, argv: [], cwd: tmpdir(), engine: 'auto', limits: defaultLimits, assets: dist, ...options };
  const result = await runProgram(all, listener, signal);
  return { ...result, ...output, chosen: choice, timeline: readTimeline(result.trace) };
}
