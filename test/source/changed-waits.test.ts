import { expect, test } from 'vitest';
import type { Change } from '../../src/core/trace/change';
import { settled } from '../../src/source/changed-waits';

const TEXT = 'import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n    await asyncio.sleep(2)\n';
const at = (line: number, file = '/p/x.py'): Change => ({ file, line, column: 4, task: null, visit: null, to: 9 });

test('changes go where their lines go, and are lost with them', () => {
  const now = TEXT.replace('\n\n', '\n\n# more\n').replace('sleep(2)', 'sleep(3)');
  expect(settled([at(4), at(5)], '/p/x.py', TEXT, now)).toEqual({ kept: [at(5)], lost: [at(5)] });
});

test('those of other files stay as they are', () => {
  expect(settled([at(4, '/p/y.py')], '/p/x.py', TEXT, '')).toEqual({ kept: [at(4, '/p/y.py')], lost: [] });
});
