import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { main } from '../../src/cli/main';
import { Signals } from '../../src/cli/signals';
import { dist } from '../engines/here';

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const language = { LC_ALL: 'en_US.UTF-8', LANG: 'en_US.UTF-8', NO_COLOR: '1', COLUMNS: '100' };

/**
 * The command in this process, where the embedded Python stays warm from one run to the next (`disposeEngines` ends it). What a program
 * says under an interpreter is not heard.
 */
export async function command(
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Promise<Said> {
  const said = { stdout: '', stderr: '' };
  const into = (stream: 'stdout' | 'stderr') => ({ write: (text: string) => (said[stream] += text) });
  const screen = { env: { ...process.env, ...language, ...env }, cwd, stdout: into('stdout'), stderr: into('stderr') };
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const code = await main(args, screen, dist, version, new Signals());
  return { code, ...said };
}

/** The command as users have it: a process of its own. `act` may send it signals. */
export function coroscope(
  args: readonly string[],
  {
    env = {},
    cwd = process.cwd(),
    stdin = '',
    act = () => {},
  }: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    /** null: it stays open, and nothing comes. */
    stdin?: string | null;
    act?: (kill: (signal: NodeJS.Signals) => void, stdout: () => string, pid: number, stderr: () => string) => void;
  } = {},
): Promise<Said> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], {
      cwd,
      env: { ...process.env, ...language, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.stdin.on('error', () => {});
    if (stdin !== null) child.stdin.end(stdin);
    child.on('close', (code) => done({ code, stdout, stderr }));
    act(
      (signal) => child.kill(signal),
      () => stdout,
      child.pid ?? 0,
      () => stderr,
    );
  });
}

export const example = (name: string) => resolve('examples', name);
export const scratch = () => mkdtempSync(join(tmpdir(), 'coroscope-test-'));
