import { expect, test } from 'vitest';
import type { RewrittenKind } from '../../src/core/tried/kinds';
import { changedLines, rewriteAt, rewritten } from '../../src/source/shapes/rewrites';

/** Edits that findings ask for; `→` marks the line of the finding. */

const defined = `import asyncio
import time
async def f(x):
    await asyncio.sleep(x)
    return x
`;

function edited(body: string, kind: RewrittenKind = 'sequential-awaits', head = defined, python = '3.9.1') {
  const marked = `${head}async def main():\n${body.replace(/^/gm, '    ')}\n`;
  const line = marked.split('\n').findIndex((each) => each.includes('→')) + 1;
  const text = marked.replace('→', '');
  const edit = rewriteAt(text, kind, line, { python });
  if (!edit) return undefined;
  const lines = changedLines(text, edit);
  const after = rewritten(text, edit);
  // All other lines are unchanged.
  for (const each of lines) expect(after).toContain(each);
  return lines.join('\n');
}

test.each([
  [
    'results go into their names',
    '→a = await f(1)\nb = await f(2)\nprint(a, b)',
    'a, b = await asyncio.gather(f(1), f(2))',
  ],
  ['a tuple keeps its own', '→a, b = await f(1)\nc = await f(2)', '(a, b), c = await asyncio.gather(f(1), f(2))'],
  ['no results', '→await f(1)\nawait f(2)', 'await asyncio.gather(f(1), f(2))'],
  [
    'a long line is broken',
    `→first = await f('${'x'.repeat(40)}')\nsecond = await f('${'y'.repeat(40)}')`,
    `first, second = await asyncio.gather(\n    f('${'x'.repeat(40)}'),\n    f('${'y'.repeat(40)}'),\n)`,
  ],
  [
    'a loop',
    'found = []\nfor x in xs:\n    →found.append(await f(x))',
    'found.extend(await asyncio.gather(*[f(x) for x in xs]))',
  ],
  ['a comprehension', '→found = [await f(x) for x in xs]', 'found = await asyncio.gather(*[f(x) for x in xs])'],
  ['one in an expression', '→n = [await f(x) for x in xs][0]', 'n = (await asyncio.gather(*[f(x) for x in xs]))[0]'],
])('awaits together: %s', (_what, body, lines) => {
  expect(edited(body)).toBe(lines);
});

test.each([
  ['a comment between them', '→a = await f(1)\n# then\nb = await f(2)'],
  ['the second needs the first', '→a = await f(1)\nb = await f(a)'],
  ['an argument is computed', '→a = await f(next(it))\nb = await f(next(it))'],
  ['a loop variable that is used later', 'found = []\nfor x in xs:\n    →found.append(await f(x))\nprint(x)'],
  ['a loop that looks at its results', 'found = []\nfor x in xs:\n    →found.append(await f(found))'],
  ['a condition', '→found = [await f(x) for x in xs if await f(x)]'],
])('left alone: %s', (_what, body) => {
  expect(edited(body)).toBeUndefined();
});

test.each([
  ['a global is written', 'async def f(x):\n    global n\n    n = x\n'],
  ['an attribute of an argument is written', 'async def f(x):\n    x.done = True\n'],
  ['an item of a global is written', 'async def f(x):\n    seen[x] = 1\n'],
  ['a method that may change something', 'async def f(x):\n    seen.append(x)\n'],
  ['something unknown is called', 'async def f(x):\n    return send(x)\n'],
  ['a queue is read', 'async def f(q):\n    return await q.get()\n'],
  ['a decorator', '@retry\nasync def f(x):\n    return x\n'],
  ['what it calls does so', 'def g(x):\n    seen.add(x)\nasync def f(x):\n    g(x)\n'],
])('what others see is left alone: %s', (_what, head) => {
  expect(edited('→a = await f(1)\nb = await f(2)', 'sequential-awaits', `import asyncio\n${head}`)).toBeUndefined();
});

test('time.sleep() as a statement of a coroutine function', () => {
  expect(edited('→time.sleep(0.5)', 'blocking')).toBe('await asyncio.sleep(0.5)');
  expect(edited('→x = time.sleep(0.5)', 'blocking')).toBeUndefined();
  expect(edited('def g():\n    →time.sleep(0.5)', 'blocking')).toBeUndefined();
  expect(edited('→time.sleep(0.5); time.sleep(1)', 'blocking')).toBeUndefined();
  expect(edited('→nap(1)', 'blocking', 'import asyncio as aio\nfrom time import sleep as nap\n')).toBe(
    'await aio.sleep(1)',
  );
  expect(edited('→time.sleep(1)', 'blocking', 'import time\n')).toBeUndefined();
});

test.each([
  [
    'results',
    '→a = await f(1)\nb = await f(2)\nprint(a, b)',
    'async with asyncio.TaskGroup() as task_group:\n    a_task = task_group.create_task(f(1))\n    b_task = task_group.create_task(f(2))\na, b = a_task.result(), b_task.result()',
  ],
  [
    'no results',
    '→await f(1)\nawait f(2)',
    'async with asyncio.TaskGroup() as task_group:\n    task_group.create_task(f(1))\n    task_group.create_task(f(2))',
  ],
  // Its exceptions come in a group, which this `except` would not catch.
  [
    'not within try',
    'try:\n    →await f(1)\n    await f(2)\nexcept OSError:\n    pass',
    'await asyncio.gather(f(1), f(2))',
  ],
  [
    'not for results that are taken apart',
    '→a, b = await f(1)\nc = await f(2)',
    '(a, b), c = await asyncio.gather(f(1), f(2))',
  ],
  ['a comprehension', '→found = [await f(x) for x in xs]', 'found = await asyncio.gather(*[f(x) for x in xs])'],
])('from Python 3.11 on a TaskGroup: %s', (_what, body, lines) => {
  expect(edited(body, 'sequential-awaits', defined, '3.12.1')).toBe(lines);
});

test.each([
  ['a call', '→subprocess.run(["ls"])', 'await asyncio.to_thread(subprocess.run, ["ls"])'],
  ['no arguments', '→x = crunch()', 'x = await asyncio.to_thread(crunch)'],
  ['keywords', '→return requests.get(url, timeout=3)', 'return await asyncio.to_thread(requests.get, url, timeout=3)'],
  ['part of an expression', '→x = requests.get(url).json()', 'x = (await asyncio.to_thread(requests.get, url)).json()'],
  ['an argument of print', '→print(crunch(3))', 'print(await asyncio.to_thread(crunch, 3))'],
  ['the outer of two', '→x = crunch(parse(3))', 'x = await asyncio.to_thread(crunch, parse(3))'],
])('a thread for a call that blocks: %s', (_what, body, lines) => {
  expect(edited(body, 'blocking')).toBe(lines);
});

test.each([
  ['two calls', '→x = crunch(1) + crunch(2)'],
  ['a generator as the argument', '→x = crunch(n for n in ns)'],
  ['in a comprehension', '→x = [crunch(n) for n in ns]'],
  ['in a plain function', 'def g():\n    →crunch(1)'],
  ['in a lambda', '→g = lambda: crunch(1)'],
  ['an await in its arguments', '→crunch(await f(1))'],
  ['only builtins', '→print(len(xs))'],
])('no thread: %s', (_what, body) => {
  expect(edited(body, 'blocking')).toBeUndefined();
});

test.each([
  ['a coroutine function of the file', '→f(1)', 'await f(1)'],
  ['one of a library', '→queue.put(1)', 'await queue.put(1)'],
  ['its result is printed', '→print(f(1))', 'print(await f(1))'],
  ['its result is used', '→x = f(1).real', 'x = (await f(1)).real'],
])('await for a call that was never awaited: %s', (_what, body, lines) => {
  expect(edited(body, 'never-awaited')).toBe(lines);
});

test.each([
  ['in a plain function', 'def g():\n    →f(1)'],
  ['two of them', '→x = f(1), f(2)'],
  ['which call it is nobody knows', '→print(queue.put(1))'],
])('no await: %s', (_what, body) => {
  expect(edited(body, 'never-awaited')).toBeUndefined();
});
