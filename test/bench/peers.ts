import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interpreter } from '../../src/engines/interpreter/probe';
import { allInterpreters } from '../engines/here';
import { folder, median, seconds, tracer, workloads } from './measured';

/** The same workloads under other tools that watch Python at work, as ratios to the bare CPU time of the same run. */

interface Peer {
  readonly name: string;
  /** The module that has to be there. */
  readonly module: string;
  readonly args: (out: string) => readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const peers: readonly Peer[] = [
  { name: 'Coroscope', module: 'asyncio', args: (out) => [tracer, 'run', '--clock', 'real', '--trace', out] },
  { name: 'asyncio debug', module: 'asyncio', args: () => [], env: { PYTHONASYNCIODEBUG: '1' } },
  { name: 'cProfile', module: 'cProfile', args: (out) => ['-m', 'cProfile', '-o', out] },
  { name: 'yappi', module: 'yappi', args: (out) => ['-m', 'yappi', '-o', out] },
  { name: 'VizTracer', module: 'viztracer', args: (out) => ['-m', 'viztracer', '--log_async', '-o', `${out}.json`] },
  { name: 'pyinstrument', module: 'pyinstrument', args: (out) => ['-m', 'pyinstrument', '-o', out] },
];

const ROUNDS = Number(process.env.ROUNDS ?? 3);

/** Rows for Python 3.12, or those of PYTHONS, and for whichever has a peer that is no part of Python. */
export function peersTable(): string[] {
  const wanted = process.env.PYTHONS?.split(',') ?? ['3.12'];
  const all = allInterpreters
    .map((interpreter) => ({ interpreter, here: peersOf(interpreter) }))
    .sort((a, b) => b.here.length - a.here.length);
  // Of several of one version that which has most.
  const chosen = all.filter(
    ({ interpreter, here }, i) =>
      (wanted.includes(minor(interpreter)) || (!process.env.PYTHONS && here.some(isPackage))) &&
      all.findIndex((other) => minor(other.interpreter) === minor(interpreter)) === i,
  );
  for (const peer of peers)
    if (!all.some(({ here }) => here.includes(peer)))
      console.log(`skipped: ${peer.name}: no Python that was found here has the module ${peer.module}`);
  const shown = peers.filter((peer) => chosen.some(({ here }) => here.includes(peer)));
  return [
    `| Python | workload | bare (s CPU) | ${shown.map(({ name }) => name).join(' | ')} |`,
    `|${'---|'.repeat(shown.length + 3)}`,
    ...chosen.flatMap(({ interpreter, here }) =>
      workloads.map(
        (workload) => `| ${minor(interpreter)} | ${workload} | ${row(interpreter.command, workload, shown, here)} |`,
      ),
    ),
  ];
}

function row(python: string, workload: string, shown: readonly Peer[], here: readonly Peer[]): string {
  const out = join(mkdtempSync(join(tmpdir(), 'coroscope-')), 'peer');
  const file = join(folder, `${workload}.py`);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const bare = seconds(python, [file]);
    return {
      bare,
      ratios: shown.map((peer) =>
        here.includes(peer) ? seconds(python, [...peer.args(out), file], peer.env) / bare : undefined,
      ),
    };
  });
  const cells = shown.map((_, i) => {
    const ratios = rounds.map((round) => round.ratios[i]).filter((ratio) => ratio !== undefined);
    return ratios.length === 0 ? '–' : median(ratios).toFixed(2);
  });
  return [median(rounds.map(({ bare }) => bare)).toFixed(3), ...cells].join(' | ');
}

function peersOf({ command }: Interpreter): Peer[] {
  return peers.filter(({ module }) => spawnSync(command, ['-c', `import ${module}`]).status === 0);
}

function isPackage({ name }: Peer): boolean {
  return ['yappi', 'VizTracer', 'pyinstrument'].includes(name);
}

function minor({ version }: Interpreter): string {
  return version.split('.').slice(0, 2).join('.');
}
