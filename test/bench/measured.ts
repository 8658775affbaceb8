import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The programs whose loops are measured, and how long one took. */

export const workloads = ['ping_pong', 'deep', 'fan_out', 'queued', 'echo'] as const;
export const folder = resolve('test/bench/workloads');
export const tracer = resolve('src/python/coroscope');

/** asyncio's receive buffer of 256 KiB flips glibc between two regimes otherwise; the same for all sides. */
const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '1073741824' };

/** Seconds of CPU of a workload's loop: what a tracer does before and after the program does not count. */
export function seconds(python: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): number {
  const { stderr, status } = spawnSync(python, args, { encoding: 'utf8', env: { ...env, ...more } });
  const told = Number(stderr.trim().split('\n').at(-1));
  if (status !== 0 || Number.isNaN(told)) throw new Error(`${args.join(' ')}: ${stderr}`);
  return told;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
