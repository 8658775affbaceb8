import { describe, expect, test } from 'vitest';
import { wholeFile } from '../../src/source/document';
import { readBlock } from '../../src/source/reading';

/** Repairs of pasted code: only of code that is not valid Python. */

const read = (text: string) => readBlock(wholeFile({ file: 'x.py', text }));
const codeOf = (text: string) => read(text).lines.map((line) => line.text);
const notesOf = (text: string) => read(text).notes.map(({ kind }) => kind);

describe('what stands in front of every line', () => {
  const program = ['import asyncio', 'async def main():', '    await asyncio.sleep(1)', 'asyncio.run(main())'];

  test.each([
    ['numbers with a blank', (line: string, i: number) => `${i + 1} ${line}`],
    ['numbers with two', (line: string, i: number) => `${i + 1}  ${line}`],
    ['numbers with a colon', (line: string, i: number) => `${i + 41}: ${line}`],
    ['numbers with a bar', (line: string, i: number) => `${i + 1}| ${line}`],
    ['numbers set to the right', (line: string, i: number) => `${String(i + 8).padStart(3)} ${line}`],
    ['numbers with a tab', (line: string, i: number) => `${i + 1}\t${line}`],
    ['a quotation', (line: string) => `> ${line}`],
  ])('%s', (_, prefix) => {
    const text = `${program.map(prefix).join('\n')}\n`;
    expect(codeOf(text)).toEqual(program);
    expect(notesOf(text)).toEqual(['gutter']);
    expect(read(text).errors).toEqual([]);
  });

  test('numbers of one digit and of two', () => {
    const long = [
      ...program.slice(0, 2),
      ...Array.from({ length: 8 }, (_, i) => `    print(${i})`),
      ...program.slice(2),
    ];
    expect(codeOf(long.map((line, i) => `${i + 1} ${line}`).join('\n'))).toEqual(long);
  });

  test.each([
    ['1\n2\n3\n'],
    ['1 + 1\n2 + 2\n'],
    ['1 import asyncio\n1 import time\n'],
    ['x = [\n1,\n2,\n3,\n]\n'],
    ['> 1\nprint(\n'],
  ])('%j stays as it is', (text) => expect(notesOf(text)).not.toContain('gutter'));
});

describe('the bare star or slash of a signature', () => {
  test.each([
    ['r = await asyncio.wait_for(fetch(), /, timeout=3)', 'r = await asyncio.wait_for(fetch(),    timeout=3)'],
    ['d, p = await asyncio.wait(aws, *, timeout=None)', 'd, p = await asyncio.wait(aws,    timeout=None)'],
    ['t = asyncio.create_task(f(1), *)', 't = asyncio.create_task(f(1),  )'],
    ['async with asyncio.timeout(delay, /): pass', 'async with asyncio.timeout(delay,  ): pass'],
    ['print(await gather(a(), *, return_exceptions=True))', 'print(await gather(a(),    return_exceptions=True))'],
  ])('%s', (line, mended) => {
    const [code] = codeOf(`${line}\n`);
    expect([code, read(`${line}\n`).errors]).toEqual([mended, []]);
  });

  test('a signature above the code that uses it is cut off', () => {
    const text = 'asyncio.Queue(maxsize=0, *, loop=None)\nq = asyncio.Queue()\nawait q.put(1)\n';
    expect(read(text).notes).toMatchObject([{ kind: 'leftover', line: 1 }]);
    expect(read(text).errors).toEqual([]);
  });

  test.each([
    ['def f(a, *, b): pass\n'],
    ['def f(a, /, b): pass\nx = f(1, *args)\n'],
    ['s = "f(a, *, b)"\n'],
    ['asyncio.create_task(coro, *, name=None)\nasyncio.gather(*aws, return_exceptions=False)\n'],
  ])('%j stays as it is', (text) => expect(codeOf(text).join('\n')).toBe(text.trimEnd()));
});

test.each(['---', '===', '***'])('a line of %s between two ways is none of the code', (rule) => {
  const text = `async def f(): pass\nasyncio.run(f())\n${rule}\nawait f()\n`;
  expect(read(text).errors).toEqual([]);
  expect(read(text).notes).toMatchObject([{ kind: 'leftover', quote: rule, line: 3 }]);
});
