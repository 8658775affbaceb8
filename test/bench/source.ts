import { spawnSync } from 'node:child_process';
import { wholeFile } from '../../src/source/document';
import { filePlaces } from '../../src/source/lenses';
import { readBlock } from '../../src/source/reading';
import { Source } from '../../src/source/syntax';

/**
 * Reading Python: the parser alone, and all that lenses need; a file for the first time, and after an edit of one character.
 * Beside it, in the same run, what CPython's own parser takes for the same text. Times are of the processor.
 */

const ROUNDS = Number(process.env.ROUNDS ?? 9);
const LINES = 10_000;

export function sourceTable(): string[] {
  const before = program(LINES);
  const middle = before.indexOf('total +=', before.length / 2);
  const after = `${before.slice(0, middle)}x${before.slice(middle)}`;
  const parsed = new Source(before);
  const rows: [string, () => unknown][] = [
    ['parse', () => new Source(before)],
    ['parse after an edit', () => new Source(after, parsed)],
    ['read for lenses', () => filePlaces(readBlock(wholeFile({ file: 'x.py', text: before })))],
    ['read for lenses after an edit', () => filePlaces(readBlock(wholeFile({ file: 'x.py', text: after }), parsed))],
  ];
  return [
    `| ${LINES.toLocaleString('en')} lines of Python, ${(before.length / 1000).toFixed(0)} kB | median (ms) | worst (ms) |`,
    '|---|---|---|',
    ...cpython(before),
    ...rows.map(([name, work]) => {
      const times = Array.from({ length: ROUNDS + 1 }, () => timed(work))
        .slice(1)
        .sort((a, b) => a - b);
      return `| ${name} | ${times[times.length >> 1].toFixed(1)} | ${times[times.length - 1].toFixed(1)} |`;
    }),
  ];
}

function timed(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

const AST = `import ast, sys, time
text, times = sys.stdin.read(), []
for _ in range(${ROUNDS}):
    began = time.process_time()
    ast.parse(text)
    times.append((time.process_time() - began) * 1000)
times.sort()
print(times[len(times) // 2], times[-1])`;

function cpython(text: string): string[] {
  const { stdout, status } = spawnSync('python3', ['-c', AST], { input: text, encoding: 'utf8' });
  if (status !== 0) return [];
  const [median, worst] = stdout.trim().split(' ').map(Number);
  return [`| CPython: ast.parse | ${median.toFixed(1)} | ${worst.toFixed(1)} |`];
}

function program(lines: number): string {
  const unit = (n: number) => `
async def worker_${n}(queue: asyncio.Queue, *, limit: int = ${n}) -> int:
    """Takes from the queue until there is nothing left."""
    total = 0
    async with asyncio.timeout(limit + 1):
        while not queue.empty():
            item = await queue.get()
            total += item["value"] if isinstance(item, dict) else int(item)
            await asyncio.sleep(0.1 * limit)
            queue.task_done()
    print(f"worker {limit}: {total:>10}")
    return total
`;
  const count = Math.ceil(lines / unit(0).split('\n').length);
  return `import asyncio\n${Array.from({ length: count }, (_, n) => unit(n)).join('')}\nasyncio.run(worker_0(asyncio.Queue()))\n`;
}
