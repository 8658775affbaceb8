import { resolve } from 'node:path';
import { defaultLimits, disposeEngines, runProgram } from '../../src/engines/run';

/** The embedded engine: the first run of a process (cold), and later ones of a 20-line snippet (warm). */

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

export async function embeddedTable(): Promise<string[]> {
  const times: number[] = [];
  for (let i = 0; i < 31; i++) times.push(await once());
  disposeEngines();
  const [cold, ...warm] = times;
  warm.sort((a, b) => a - b);
  const at = (share: number) => warm[Math.floor(share * (warm.length - 1))].toFixed(0);
  return [
    '| embedded engine | ms |',
    '|---|---|',
    `| cold: load and first run | ${cold.toFixed(0)} |`,
    `| warm: 20-line snippet, median (p95) of ${warm.length} | ${at(0.5)} (${at(0.95)}) |`,
  ];
}

async function once(): Promise<number> {
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
  };
  await runProgram(options, listener, new AbortController().signal);
  return performance.now() - began;
}
