import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'vitest';

/** How a program ended, and what it said, without what differs from run to run. */
export interface End {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | string | null | undefined;
}

/** For programs of one thread: nothing takes time, so that a busy machine changes nothing. */
export const hurried = { PYTHONPATH: resolve('test/python/hurried') };

export function run(
  command: string,
  args: readonly string[],
  {
    env = {},
    plain = (text: string) => text,
  }: { env?: Readonly<Record<string, string>>; plain?: (text: string) => string } = {},
): Promise<End> {
  return new Promise((done) => {
    const options = { encoding: 'utf8', timeout: 230_000, env: { ...process.env, ...env } } as const;
    execFile(command, args, options, (error, stdout, stderr) => {
      const status = error ? (error.code ?? error.signal) : 0;
      done({ stdout: plain(stdout), stderr: plain(stderr), status });
    });
  });
}

/** Expects that a program ends and says the same in both ways of running it. */
export async function expectAlike(bare: () => Promise<End>, traced: () => Promise<End>): Promise<void> {
  const expected = await bare();
  expect(await traced()).toEqual(expected);
}
