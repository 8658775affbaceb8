import { wholeFile } from '../../src/source/document';
import { filePlaces } from '../../src/source/lenses';
import { readBlock } from '../../src/source/reading';
import { Source } from '../../src/source/syntax';

/** Reading Python: the parser alone, and all that lenses need; a file for the first time, and after an edit of one character. */

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
    ...rows.map(([name, work]) => {
      const times = Array.from({ length: ROUNDS + 1 }, () => timed(work))
        .slice(1)
        .sort((a, b) => a - b);
      return `| ${name} | ${times[times.length >> 1].toFixed(1)} | ${times[times.length - 1].toFixed(1)} |`;
    }),
  ];
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
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
