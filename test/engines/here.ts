import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { readTimeline } from '../../src/core/timeline';
import { candidates } from '../../src/engines/interpreter/discovery';
import { type Interpreter, probe } from '../../src/engines/interpreter/probe';
import { type Choice, defaultLimits, type RunOptions, runProgram } from '../../src/engines/run';

/** What is on this machine, for tests that need it. */

/** The built `dist`. */
export const dist = resolve(process.env.COROSCOPE_DIST ?? 'dist');

/** Every CPython that can be found: on the PATH, pyenv's, and those of COROSCOPE_PYTHONS. The right ones, and those too old. */
async function look(): Promise<{ good: Interpreter[]; old: string[] }> {
  const folders = [...pyenv(), ...(process.env.COROSCOPE_PYTHONS ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
  const env = { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
  const results = await Promise.all(
    candidates({ env, platform: process.platform, folder: tmpdir() }).map(({ command, args }) =>
      probe(command, env, args),
    ),
  );
  const good = new Map<string, Interpreter>();
  const old: string[] = [];
  for (const result of results) {
    if (result.kind === 'good')
      good.set(result.interpreter.version, good.get(result.interpreter.version) ?? result.interpreter);
    else if (result.kind === 'old') old.push(result.command);
  }
  return { good: [...good.values()].sort((a, b) => minor(a) - minor(b)), old };
}

function pyenv(): string[] {
  try {
    const root = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
    return readdirSync(root).map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function minor({ version }: Interpreter): number {
  return Number(version.split('.')[1]);
}

export const { good: interpreters, old: oldInterpreters } = await look();
if (interpreters.length === 0)
  console.log('skipped: no CPython from 3.9 on was found; the interpreter engine is not tested');

/** A folder of its own with the given files. @returns the path of the first */
export function program(files: Readonly<Record<string, string>> | string): string {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
  const all = typeof files === 'string' ? { 'program.py': files } : files;
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(all)[0]);
}

/** Runs a program and gathers all that comes of it. */
export async function runs(file: string, options: Partial<RunOptions> = {}, signal = new AbortController().signal) {
  let choice: Choice | undefined;
  const output = { stdout: '', stderr: '' };
  const listener = {
    chosen: (chosen: Choice) => {
      choice = chosen;
    },
    trace: () => {},
    output: (stream: 'stdout' | 'stderr', text: string) => {
      output[stream] += text;
    },
  };
  const all = { file, argv: [], cwd: tmpdir(), engine: 'auto', limits: defaultLimits, assets: dist, ...options };
  const result = await runProgram(all, listener, signal);
  return { ...result, ...output, chosen: choice, timeline: readTimeline(result.trace) };
}
