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
    if (wanted && !wanted.includes(minor)) continue;
    // Before 3.12 coroutines within steps are followed only where that is asked for.
    const details = Number(minor.split('.')[1]) < 12 ? (['auto', 'full'] as const) : (['auto'] as const);
    for (const workload of workloads)
      for (const detail of details) {
        const name = detail === 'full' ? `${workload}, --detail full` : workload;
        lines.push(`| ${minor} | ${name} | ${row(command, workload, detail)} |`);
      }
  }
  return lines;
}

function row(python: string, workload: string, detail: 'auto' | 'full'): string {
  const file = join(folder, `${workload}.py`);
  const trace = join(mkdtempSync(join(tmpdir(), 'coroscope-')), 'bench.coroscope');
  const pairs = Array.from({ length: ROUNDS }, () => {
    const bare = seconds(python, [file]);
    return [
      bare,
      seconds(python, [tracer, 'run', '--clock', 'real', '--detail', detail, '--trace', trace, file]),
    ] as const;
  });
  const ratios = pairs.map(([bare, traced]) => traced / bare).sort((a, b) => a - b);
  const { steps } = decodeTrace(readFileSync(trace));
  const column = (side: 0 | 1) => median(pairs.map((pair) => pair[side])).toFixed(3);
  const range = `${ratios[0].toFixed(2)}–${ratios.at(-1)!.toFixed(2)}`;
  return `${column(0)} | ${column(1)} | **${median(ratios).toFixed(2)}** (${range}) | ${(statSync(trace).size / steps.count).toFixed(1)}`;
}
