import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, with no more of the environment than a new user has. @param path folders to look for programs in */
export function ran(
  program: string,
  args: readonly string[],
  { cwd, path, env = {} }: { cwd: string; path: readonly string[]; env?: NodeJS.ProcessEnv },
): Ran {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    // With the cache of the tests, the embedded Python starts as it does in a user's second run.
    env: {
      HOME: cwd,
      XDG_CACHE_HOME: process.env.XDG_CACHE_HOME,
      PATH: path.join(':'),
      LANG: 'en_US.UTF-8',
      PYTHONUTF8: '1',
      COLUMNS: '100',
      ...env,
    },
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

/** The same for a program that must succeed. @returns what it printed */
export function done(...[program, args, options]: Parameters<typeof ran>): string {
  const { code, stdout, stderr } = ran(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: exit code ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The Node that runs the tests, and npm. */
export const nodeFolder = resolve(process.execPath, '..');
export const systemFolders = ['/usr/bin', '/bin'];
export const tool = (name: string) => join(resolve('node_modules/.bin'), name);
