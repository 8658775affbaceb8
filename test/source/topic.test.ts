import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { topicOfCall, topicOfSite, topics } from '../../src/core/explain/topic';
import { awaitSites } from '../../src/source/await-sites';
import { callSites } from '../../src/source/call-sites';

/** Headings as the Markdown preview makes fragments of them. */
function headings(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replaceAll(' ', '-'));
}

test('every link leads to a heading of the page, in both languages', () => {
  const english = headings('docs/asyncio.md');
  expect(english).toEqual(expect.arrayContaining([...topics]));
  expect(headings('docs/asyncio.ko.md')).toEqual(english);
});

test.each([
  ['await asyncio.sleep(1)', 'sleep'],
  ['await asyncio.gather(a(), b())', 'gather'],
  ['await asyncio.wait_for(a(), 1)', 'timeout'],
  ['async with asyncio.timeout(1): pass', 'timeout'],
  ['async with asyncio.Lock(): pass', 'lock'],
  ['q = asyncio.PriorityQueue(); await q.get()', 'queue'],
  ['await whatever()', 'await'],
  ['async with whatever(): pass', 'async-with'],
  ['async for x in whatever(): pass', 'async-for'],
])('%s', (line, topic) => {
  const [site] = awaitSites(`import asyncio\nasync def main():\n    ${line}\n`);
  expect(topicOfSite(site)).toBe(topic);
});

test('calls and definitions', () => {
  const code = 'import asyncio, time\nasync def f():\n    await g()\n    time.sleep(1)\n    asyncio.create_task(f())\n';
  expect(callSites(code).map(topicOfCall)).toEqual(
    expect.arrayContaining(['async-def', 'blocking-the-loop', 'create_task']),
  );
});
