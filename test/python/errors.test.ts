import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { explainError } from '../../src/core/words/errors';
import { interpreters } from '../engines/here';

/** Mistakes that people make, and the beginning of what they are told to write, whichever Python says what is wrong. */
const mistakes: readonly (readonly [program: string, advice: string])[] = [
  ['await asyncio.sleep(1)', 'Write async before def'],
  ['def f():\n    await g()', 'Write async before def'],
  ['def f():\n    async with g(): pass', 'Write async before def'],
  ['def f():\n    async for x in g(): pass', 'Write async before def'],
  ['async def f():\n    yield from g()', 'For an async iterator, write async for'],
  ['async def f():\n    yield 1\n    return 2', 'Yield the value'],
  ['async def main():\n    await 5\nasyncio.run(main())', 'An ordinary function returns its result'],
  ['async def main():\n    await abs(1)\nasyncio.run(main())', 'An ordinary function returns its result'],
  ['async def main():\n    await [asyncio.sleep(0)]\nasyncio.run(main())', 'To wait for all of its items together'],
  ['async def main():\n    await main\nasyncio.run(main())', 'Call the function: await name()'],
  ['async def g():\n    yield 1\nasync def main():\n    await g()\nasyncio.run(main())', 'Iterate over it'],
  ['async def main():\n    asyncio.run(main())\nasyncio.run(main())', 'In async code and in notebooks'],
  [
    'async def main():\n    asyncio.get_running_loop().run_until_complete(main())\nasyncio.run(main())',
    'In async code and in notebooks',
  ],
  ['async def f(): pass\nasyncio.create_task(f())', 'Do this in a coroutine'],
  ['asyncio.run(asyncio.sleep)', 'parentheses'],
  ['asyncio.run(5)', 'Write each call with its parentheses'],
  ['async def f(): return {}\nasync def main():\n    f()["a"]\nasyncio.run(main())', 'Put await before the call'],
  ['async def f(): return 1\nasync def main():\n    f() + 1\nasyncio.run(main())', 'Put await before the call'],
  ['async def f(): return 1\nasync def main():\n    "a" + f()\nasyncio.run(main())', 'Put await before the call'],
  ['async def f(): return ""\nasync def main():\n    f().upper()\nasyncio.run(main())', 'Put await before the call'],
  [
    'async def f(): return [1]\nasync def main():\n    for x in f(): pass\nasyncio.run(main())',
    'Put await before the call',
  ],
  ['async def f(): return 1\nasync def main():\n    len(f())\nasyncio.run(main())', 'Put await before the call'],
  ['async def main():\n    async for x in [1]: pass\nasyncio.run(main())', 'Write for instead of async for'],
  [
    'async def f(): yield 1\nasync def main():\n    for x in f(): pass\nasyncio.run(main())',
    'Write async for instead of for',
  ],
  ['async def main():\n    async with open("/dev/null"): pass\nasyncio.run(main())', 'Write with instead of'],
  ['async def main():\n    with asyncio.Lock(): pass\nasyncio.run(main())', 'Write async with instead of with'],
  ['import nowhere_to_be_found', 'Install it there'],
  ['async def main():\n    await client.get()\nasyncio.run(main())', 'Define or import client'],
  ['async def main():\n    n += 1\nasyncio.run(main())', 'Assign a value first'],
  ['def f():\n    return n\n    n = 1\nf()', 'Assign a value first'],
  [
    'async def main():\n    await asyncio.wait_for(asyncio.sleep(9), 0.001)\nasyncio.run(main())',
    'Catch it with except',
  ],
  [
    'async def main():\n    t = asyncio.create_task(asyncio.sleep(9))\n    t.cancel()\n    await t\nasyncio.run(main())',
    'catch asyncio.CancelledError',
  ],
];
/** Since 3.11. */
const newer: typeof mistakes = [
  ['async def main():\n    await asyncio.wait([asyncio.sleep(0)])\nasyncio.run(main())', 'Create tasks first'],
];

const RUN = `
import asyncio, json, sys, warnings
warnings.simplefilter('ignore')
told = []
for program in json.load(sys.stdin):
    try:
        exec(compile(program, 'program.py', 'exec'), {'asyncio': asyncio})
        told.append(None)
    except BaseException as error:
        told.append((type(error).__name__, str(error)))
print(json.dumps(told))
`;

describe.each(interpreters.map(({ version, command }) => [version, command] as const))('%s', (version, command) => {
  const cases = [...mistakes, ...(Number(version.split('.')[1]) >= 11 ? newer : [])];
  const { stdout, stderr } = spawnSync(command, ['-c', RUN], {
    input: JSON.stringify(cases.map(([program]) => program)),
    encoding: 'utf8',
  });
  const raised: ([string, string] | null)[] = stdout ? JSON.parse(stdout) : [];

  test('runs them', () => {
    expect(raised, stderr).toHaveLength(cases.length);
  });

  test.each(cases.map(([program, advice], i) => [program.replaceAll('\n', '⏎'), advice, i] as const))(
    '%s',
    (_program, advice, i) => {
      const error = raised[i];
      expect(error).not.toBe(null);
      const [type, message] = error!;
      const explained = explainError({ type, message }, translator(undefined));
      expect(explained?.advice ?? `${type}: ${message}`).toContain(advice);
      expect(explained?.meaning).not.toMatch(/undefined|\{\d\}/);
    },
  );
});
