import { describe, expect, test } from 'vitest';
import { waysOf } from '../../src/source/alternatives';
import { Blocks } from '../../src/source/blocks';
import { blockPlaces } from '../../src/source/lenses';

const head = 'import asyncio\nasync def f():\n    await asyncio.sleep(1)\n';
const blocksOf = (text: string) => Blocks.of({ file: 'n.md', text: `\`\`\`python\n${text}\n\`\`\`\n` })!;

/** What runs in each of the ways. */
function ways(text: string): string[] {
  const blocks = blocksOf(text);
  return waysOf(blocks.all[0]()).map(({ number }) => {
    const plan = blocks.plan(0, { way: number });
    if (plan.kind !== 'pieces') return plan.kind;
    const code = plan.pieces.at(-1)!.text.replace(head, '').split('\n');
    return `${plan.entry.kind}: ${code.filter((line) => line.trim() !== '' && !/^\s*pass\s*$/.test(line)).join(' ')}`;
  });
}

describe('several ways to do the same, one below the other', () => {
  test('await, and asyncio.run', () => {
    expect(ways(`${head}await f()\nasyncio.run(f())`)).toEqual(['await: await f()', 'written: asyncio.run(f())']);
    expect(ways(`${head}r = await f()\nprint(r)\nif __name__ == "__main__":\n    asyncio.run(f())`)).toEqual([
      'await: r = await f() print(r)',
      'written: if __name__ == "__main__":     asyncio.run(f())',
    ]);
  });

  test.each(['or', 'OR', '또는', '혹은', '아니면', '(or)', '--- or ---', '또는:'])('with “%s” between them', (word) => {
    const each = ['written: asyncio.run(f())', 'written: asyncio.run(asyncio.wait_for(f(), 2))'];
    expect(ways(`${head}asyncio.run(f())\n${word}\nasyncio.run(asyncio.wait_for(f(), 2))`)).toEqual(each);
  });

  test('each has a lens, and says which of them runs', () => {
    const blocks = blocksOf(`${head}await f()\n또는\nasyncio.run(f())`);
    expect(blocks.plan(0)).toMatchObject({ kind: 'ways' });
    expect(blockPlaces(blocks.all[0]())).toEqual([
      { line: 5, way: 1 },
      { line: 7, way: 2 },
    ]);
    expect(blocks.plan(0, { way: 2 })).toMatchObject({
      notes: [{ kind: 'alternative', number: 2, of: 2, line: 7, last: 7 }],
    });
  });
});

test.each([
  'await f()\nawait f()',
  'asyncio.run(f())\nasyncio.run(f())',
  'x = (1\nor\n2)\nasyncio.run(f())',
  'loop = asyncio.new_event_loop()\nloop.run_until_complete(f())\nasyncio.run(f())',
])('one way: %s', (text) => expect(ways(`${head}${text}`)).toEqual([]));
