import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeTrace } from '../../src/core/trace/read';
import { allInterpreters } from '../engines/here';
import { folder, median, seconds, tracer, workloads } from './measured';

/** CPU time of each workload's loop, bare and traced in turn, and the bytes that a switch takes on disk. */

const ROUNDS = Number(process.env.ROUNDS ?? 5);

export function tracerTable(): string[] {
  const lines = [
    '| Python | workload | bare (s CPU) | traced (s CPU) | ratio, median (min–max) | bytes a switch |',
    '|---|---|---|---|---|---|',
  ];
  const wanted = process.env.PYTHONS?.split(',');
  for (const { command, version } of allInterpreters) {
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
