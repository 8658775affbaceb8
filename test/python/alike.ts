import { execFile } from 'node:child_process';
import { expect } from 'vitest';

/** How a program ended, and what it said, without what differs from run to run. */
export interface End {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | string | null | undefined;
}

export function run(
  command: string,
  args: readonly string[],
  {
    env = {},
    plain = (text: string) => text,
  }: { env?: Readonly<Record<string, string>>; plain?: (text: string) => string } = {},
): Promise<End> {
  return new Promise((done) => {
    const options = { encoding: 'utf8', timeout: 60_000, env: { ...process.env, ...env } } as const;
    execFile(command, args, options, (error, stdout, stderr) => {
      const status = error ? (error.code ?? error.signal) : 0;
      done({ stdout: plain(stdout), stderr: plain(stderr), status });
    });
  });
}

const TRIES = 3;
const atWork = new Set<Promise<unknown>>();
let alone: Promise<unknown> = Promise.resolve();

/**
 * Expects that a program ends and says the same in both ways of running it. On the real clock a second is a second: a machine with too
 * much to do makes the sleeps of a program end in another order, traced or not. So where they differ they are run again with no other beside them.
 */
export async function expectAlike(name: string, bare: () => Promise<End>, traced: () => Promise<End>): Promise<void> {
  const both = async () => [await bare(), await traced()] as const;
  for (let turn: unknown; turn !== alone; ) {
    turn = alone;
    await turn;
  }
  const first = both();
  atWork.add(first);
  let [expected, found] = await first.finally(() => atWork.delete(first));
  if (same(expected, found)) return;
  const turn = alone.then(async () => {
    for (let tries = 1; tries < TRIES && !same(expected, found); tries++) {
      await Promise.all(atWork);
      [expected, found] = await both();
      if (same(expected, found)) console.log(`alike when nothing ran beside them: ${name}`);
    }
  });
  alone = turn.catch(() => {});
  await turn;
  expect(found).toEqual(expected);
}

function same(one: End, other: End): boolean {
  return one.stdout === other.stdout && one.stderr === other.stderr && one.status === other.status;
}
