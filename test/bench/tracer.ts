import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeTrace } from '../../src/core/trace';
import { interpreters } from '../engines/here';

/** CPU time of each workload's loop, bare and traced in turn, and the bytes that a switch takes on disk. */

const workloads = ['ping_pong', 'deep', 'fan_out', 'queued', 'echo'] as const;
const tracer = resolve('src/python/coroscope');
const folder = resolve('test/bench/workloads');
const ROUNDS = Number(process.env.ROUNDS ?? 5);

/** asyncio's receive buffer of 256 KiB flips glibc between two regimes otherwise; the same for both sides. */
const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '1073741824' };

export function tracerTable(): string[] {
  const lines = [
    '| Python | workload | bare (s CPU) | traced (s CPU) | ratio, median (min–max) | bytes a switch |',
    '|---|---|---|---|---|---|',
  ];
  const wanted = process.env.PYTHONS?.split(',');
  for (const { command, version } of interpreters) {
    const minor = version.split('.').slice(0, 2).join('.');
    if (wanted ? !wanted.includes(minor) : Number(minor.split('.')[1]) < 12) continue;
    for (const workload of workloads) lines.push(`| ${minor} | ${workload} | ${row(command, workload)} |`);
  }
  return lines;
}

function row(python: string, workload: string): string {
  const file = join(folder, `${workload}.py`);
  const trace = join(mkdtempSync(join(tmpdir(), 'coroscope-')), 'bench.coroscope');
  const pairs = Array.from({ length: ROUNDS }, () => {
    const bare = seconds(python, [file]);
    return [bare, seconds(python, [tracer, 'run', '--clock', 'real', '--trace', trace, file])] as const;
  });
  const ratios = pairs.map(([bare, traced]) => traced / bare).sort((a, b) => a - b);
  const { steps } = decodeTrace(readFileSync(trace));
  const column = (side: 0 | 1) => median(pairs.map((pair) => pair[side])).toFixed(3);
  const range = `${ratios[0].toFixed(2)}–${ratios.at(-1)!.toFixed(2)}`;
  return `${column(0)} | ${column(1)} | **${median(ratios).toFixed(2)}** (${range}) | ${(statSync(trace).size / steps.count).toFixed(1)}`;
}

function seconds(python: string, args: readonly string[]): number {
  const { stderr, status } = spawnSync(python, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return Number(stderr.trim().split('\n').at(-1));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
