import { describe, expect, test } from 'vitest';
import { explainCall } from '../../src/core/explain/call';
import { translator } from '../../src/core/translate';
import { callAt, callSites } from '../../src/source/call-sites';

const english = translator(undefined);
const before =
  'import asyncio, time, requests\nasync def work(n=1):\n    await asyncio.sleep(n)\nasync def items():\n    yield 1\n';

/** What the hover says at a word of a line inside `async def main`. */
function explain(line: string, word: string, head = 'async def main():'): string {
  const text = `${before}${head}\n    ${line}\n`;
  const at = text.indexOf(word, before.length + head.length + 1);
  const lines = text.slice(0, at).split('\n');
  const site = callAt(callSites(text), { line: lines.length, column: lines.at(-1)!.length });
  return site ? explainCall(site, english).join(' ') : '';
}

describe('a call of an async def that is not awaited', () => {
  test.each([
    ['work()', 'Nobody awaits it, so none of its code ever runs'],
    ['w = work()', '`w` is not used again, so none of its code ever runs'],
    ['w = work(); await w', 'It runs when `w` is awaited'],
    ['return work()', 'The caller of this function gets the object'],
    ['await asyncio.gather(work(), work(2))', '`asyncio.gather` creates a task for it'],
    ['asyncio.run(work())', '`asyncio.run` refuses it because an event loop is already running here'],
    ['x = work() + await work()', 'It runs when it is awaited, or made into a task.'],
    ['asyncio.create_task(work())', 'at the end of the ready queue'],
    ['await asyncio.wait_for(work(), 1)', '`asyncio.wait_for` awaits it, with a deadline.'],
    ['await asyncio.wait([work()])', '`asyncio.wait` takes tasks only'],
    ['all_of_them = [work(n) for n in range(3)]; await asyncio.gather(*all_of_them)', 'It runs when it is awaited'],
  ])('%s', (line, expected) => expect(explain(line, 'work')).toContain(expected));

  test('of two values each goes to its own name', () => {
    expect(explain('a, b = len(""), work(); await b', 'work')).toContain('It runs when `b` is awaited');
  });

  test('what a function puts into a name of the module is used there', () => {
    expect(explain('global kept; kept = asyncio.create_task(work())', 'asyncio')).toContain(
      'comes out where `kept` is',
    );
  });

  test('a task that an argument starts may belong to a group', () => {
    const head = 'async def main(tg):';
    expect(explain('tg.create_task(work())', 'tg', head)).toContain('If `tg` is a task group, it keeps the task');
  });

  test('an eager task begins at once', () => {
    const line = 'asyncio.create_task(work(), eager_start=True)';
    expect(explain(line, 'asyncio')).toContain('An eager task runs at once');
    expect(explain(line, 'work')).toContain('which runs at once');
  });

  test('outside of functions there is no current task', () => {
    const line = 'loop.run_until_complete(asyncio.gather(work()))';
    expect(explain(line, 'asyncio', 'if True:')).toContain('once the event loop runs');
    expect(explain(line, 'work', 'if True:')).toContain('once the event loop runs');
    expect(explain('loop.run_until_complete(work())', 'work', 'if True:')).toContain(
      'creates a task for it, and runs the event loop',
    );
  });

  test('that is awaited is told by its await', () => {
    expect(explain('await work()', 'work')).toBe('');
    expect(explain('await (work())', 'work')).toBe('');
    expect(explain('x = await work() + 1', 'work')).toBe('');
    expect(explain('async for x in items(): pass', 'items')).toBe('');
    expect(explain('x = [i async for i in items()]', 'items')).toBe('');
  });

  test('what to write depends on where it stands', () => {
    const at = (text: string, head: string) => explain(text, 'work', head);
    expect(at('work()', 'async def main():')).toContain('Write `await work(…)`, or `asyncio.create_task(work(…))`');
    expect(at('work()', 'def main():')).toContain(
      'make it `async def` and write `await work(…)`, or `asyncio.run(work(…))`',
    );
    expect(at('work()', 'if True:')).toContain(
      'Write `asyncio.run(work(…))`: outside of functions no event loop is running',
    );
    expect(explain('asyncio.create_task(work())', 'asyncio', 'if True:')).toContain('this raises `RuntimeError`');
  });

  test('under a decorator it is up to that', () => {
    const text = '@app.get("/")\nasync def read():\n    await work()\n';
    expect(explainCall(callSites(text)[0], english).join(' ')).toContain('depends on its decorator `@app.get("/")`');
  });

  test('of a generator', () => {
    expect(explain('items()', 'items')).toContain('Nothing iterates over it');
  });
});

describe('what asyncio makes', () => {
  test.each([
    ['asyncio.create_task(work())', 'create_task', 'Nobody keeps the task'],
    ['t = asyncio.create_task(work()); await t', 'create_task', 'The result comes out where `t` is awaited.'],
    ['t = asyncio.create_task(work())', 'create_task', '`t` is not used again'],
    ['async with asyncio.TaskGroup() as tg:\n        tg.create_task(work())', 'create_task', 'The group `tg` keeps it'],
    ['asyncio.run(work())', 'asyncio.run', 'this raises `RuntimeError`'],
    ['event = asyncio.Event(); event.wait()', 'event.wait', 'write `await event.wait(…)`'],
    ['asyncio.sleep(1)', 'sleep', 'Nobody awaits it, so nothing happens: write `await asyncio.sleep(…)`.'],
    ['q = asyncio.Queue(); await q.get()', 'Queue', 'A queue between tasks'],
    ['lock = asyncio.Lock(); await lock.acquire()', 'Lock', 'lets in one task at a time'],
    ['g = asyncio.gather(work()); await g', 'gather', 'It does not suspend'],
  ])('%s', (line, word, expected) => expect(explain(line, word)).toContain(expected));

  test('run at the top of a program', () => {
    const text = `${before}asyncio.run(work())\n`;
    const run = callSites(text).filter(({ kind }) => kind === 'call')[0];
    expect(explainCall(run, english).join(' ')).toContain('It returns when the coroutine has ended');
  });
});

test('what blocks is told inside of async code only', () => {
  expect(explain('time.sleep(1)', 'sleep')).toContain(
    'no other task gets a turn until it returns. Use `await asyncio.sleep(…)` instead',
  );
  expect(explain('requests.get("x")', 'get')).toContain('Use `await asyncio.to_thread(…)` instead');
  expect(explain('time.sleep(1)', 'sleep', 'def main():')).toBe('');
  expect(explain('print(1)', 'print')).toBe('');
});

describe('an async def', () => {
  const define = (text: string) => explainCall(callSites(text)[0], english).join(' ');
  test('says what a call of it makes, and how far it runs by itself', () => {
    expect(define('async def f():\n    await g()\n')).toContain(
      'until an `await` in it really has to wait; the first one is on line 2.',
    );
    expect(define('async def f():\n    return 1\n')).toContain('no other task gets a turn meanwhile');
    expect(define('async def f():\n    yield 1\n')).toContain('async generator');
    expect(define('@asynccontextmanager\nasync def f():\n    yield 1\n')).toContain('async context manager');
  });
});

test('text that is no Python yet, and names that are markup, do no harm', () => {
  for (const text of ['async def', 'async def f(:\n  asyncio.', 'x = asyncio.gather(', '`'.repeat(20)])
    for (const site of callSites(text)) explainCall(site, english);
  expect(explain('x = asyncio.create_task(work()); await x["<img src=x>"]', 'create_task')).not.toContain('<img');
});
