import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dist } from '../engines/here';

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
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
    stdin?: string;
    act?: (kill: (signal: NodeJS.Signals) => void, stdout: () => string) => void;
  } = {},
): Promise<Said> {
  return new Promise((done) => {
    const language = { LC_ALL: 'en_US.UTF-8', LANG: 'en_US.UTF-8', NO_COLOR: '1', COLUMNS: '100' };
    const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], {
      cwd,
      env: { ...process.env, ...language, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('close', (code) => done({ code, stdout, stderr }));
    act(
      (signal) => child.kill(signal),
      () => stdout,
    );
  });
}

export const example = (name: string) => resolve('examples', name);
export const scratch = () => mkdtempSync(join(tmpdir(), 'coroscope-test-'));
