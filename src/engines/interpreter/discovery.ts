import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type Interpreter, type ProbeResult, probe } from './probe';

/** Where to look. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Folder of the program: its `.venv`, or that of a folder above, comes before what is on the PATH. */
  readonly folder: string;
}

/** A command that may be a Python. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
}

const NAMES = ['python3', 'python', ...Array.from({ length: 7 }, (_, i) => `python3.${15 - i}`)];

/** Interpreters that may be here, the likeliest first: the active environment, the project's own, the PATH, the Windows launcher. */
export function candidates({ env, platform, folder }: Surroundings): Candidate[] {
  const windows = platform === 'win32';
  const inside = windows ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const found: string[] = [];
  const add = (path: string) => {
    if (existsSync(path) && !found.includes(path)) found.push(path);
  };
  if (env.VIRTUAL_ENV) add(join(env.VIRTUAL_ENV, ...inside));
  for (let at = folder; ; at = dirname(at)) {
    for (const name of ['.venv', 'venv']) if (existsSync(join(at, name, 'pyvenv.cfg'))) add(join(at, name, ...inside));
    if (dirname(at) === at) break;
  }
  if (env.CONDA_PREFIX) add(windows ? join(env.CONDA_PREFIX, 'python.exe') : join(env.CONDA_PREFIX, ...inside));
  const path = (env.PATH ?? env.Path ?? '').split(delimiter).filter((entry) => entry !== '');
  for (const name of windows ? ['python.exe', 'python3.exe'] : NAMES) for (const entry of path) add(join(entry, name));
  const launcher = windows ? path.map((entry) => join(entry, 'py.exe')).find((file) => existsSync(file)) : undefined;
  return [
    ...found.map((command) => ({ command, args: [] })),
    ...(launcher ? [{ command: launcher, args: ['-3'] }] : []),
  ];
}

export interface Discovery {
  readonly interpreter: Interpreter | undefined;
  /** Those looked at and found wanting. */
  readonly rejected: readonly ProbeResult[];
}

/** The first interpreter that is new enough. */
export async function findInterpreter(surroundings: Surroundings): Promise<Discovery> {
  const rejected: ProbeResult[] = [];
  for (const { command, args } of candidates(surroundings)) {
    const result = await probe(command, surroundings.env, args);
    if (result.kind === 'good') return { interpreter: result.interpreter, rejected };
    rejected.push(result);
  }
  return { interpreter: undefined, rejected };
}
