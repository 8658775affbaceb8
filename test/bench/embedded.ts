import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultLimits, disposeEngines, runProgram } from '../../src/engines/run';

/**
 * The embedded engine: the first run of a process (cold), in turn without snapshots, where it makes one, and where it has one, and later runs of a
 * 20-line snippet (warm).
 */

const snippet = `import asyncio


async def fetch(name, delay):
    print(f'{name}: asks')
    await asyncio.sleep(delay)
    print(f'{name}: has it')
    return name


async def main():
    first = asyncio.create_task(fetch('a', 2), name='a')
    async with asyncio.TaskGroup() as group:
        group.create_task(fetch('b', 1), name='b')
        group.create_task(fetch('c', 3), name='c')
    print(await first)
    print(await asyncio.gather(fetch('d', 1), fetch('e', 2)))


asyncio.run(main())
`;

/** How often the two cold starts are compared. */
const COLD = Number(process.env.ROUNDS ?? 5);

export async function embeddedTable(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-bench-'));
  const [first, later] = ['first', 'later'].map((name) => join(folder, name));
  // No folder below a file.
  const nowhere = join(resolve('package.json'), 'cache');
  await once(later);
  disposeEngines();
  const cold: number[][] = [[], [], []];
  for (let i = 0; i < COLD; i++) {
    rmSync(first, { recursive: true, force: true });
    for (const [at, cache] of [nowhere, first, later].entries()) {
      cold[at].push(await once(cache));
      disposeEngines();
    }
  }
  const times: number[] = [];
  for (let i = 0; i < 31; i++) times.push(await once(later));
  disposeEngines();
  rmSync(folder, { recursive: true });
  const [, ...warm] = times;
  const at = (list: readonly number[], share: number) =>
    [...list].sort((a, b) => a - b)[Math.floor(share * (list.length - 1))].toFixed(0);
  return [
    '| embedded engine | ms |',
    '|---|---|',
    `| cold, without snapshots: load and first run, median of ${COLD} | ${at(cold[0], 0.5)} |`,
    `| cold, the snapshot is made: load and first run, median of ${COLD} | ${at(cold[1], 0.5)} |`,
    `| cold, from the snapshot: load and first run, median of ${COLD} | ${at(cold[2], 0.5)} |`,
    `| warm: 20-line snippet, median (p95) of ${warm.length} | ${at(warm, 0.5)} (${at(warm, 0.95)}) |`,
  ];
}

async function once(cache: string): Promise<number> {
  const began = performance.now();
  const listener = { chosen() {}, trace() {}, output() {} };
  const options = {
    file: resolve('snippet.py'),
    source: snippet,
    argv: [],
    cwd: '.',
    engine: 'embedded',
    limits: defaultLimits,
    assets: resolve('dist'),
    cache,
  };
  await runProgram(options, listener, new AbortController().signal);
  return performance.now() - began;
}
