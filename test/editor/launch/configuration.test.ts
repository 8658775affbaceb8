import { describe, expect, test } from 'vitest';
import { translator } from '../../../src/core/translate';
import { readConfiguration } from '../../../src/editor/launch/configuration';
import { readEnvFile, splitWords } from '../../../src/editor/launch/env-file';

const t = translator(undefined);
/** How a file refers to a variable. */
const ref = (name: string) => `$\{${name}}`;
const read = (more: object) => readConfiguration({ type: 'coroscope', request: 'launch', name: 'it', ...more }, t);

describe('a launch configuration', () => {
  test('names what is wrong', () => {
    expect(read({ program: 'a.py' })).toMatchObject({ program: 'a.py' });
    expect(read({ program: 'a.py', args: '--loud' })).toMatchObject({ args: '--loud' });
    expect(read({})).toMatch(/names no program/);
    expect(read({ program: '', module: '' })).toMatch(/names no program/);
    expect(read({ program: 'a.py', module: 'a' })).toMatch(/both/);
    expect(read({ program: 'a.py', console: 'externalTerminal' })).toMatch(/"console"/);
    expect(read({ program: 'a.py', env: { PORT: 8000 } })).toMatch(/"env.PORT"/);
    expect(read({ module: 'a', engine: 'embedded' })).toMatch(/files only/);
    expect(read({ program: 'a.py', env: { A: 'b' }, engine: 'embedded' })).toMatch(/no environment variables/);
    expect(read({ program: 'a.py', env: {}, engine: 'embedded' })).toMatchObject({ engine: 'embedded' });
  });
});

describe('an environment file', () => {
  test.each([
    ['A=b', { A: 'b' }],
    ['  export A = b c  ', { A: 'b c' }],
    ['A="b # c" # d', { A: 'b # c' }],
    [`A='${ref('HOME')} \\n'`, { A: `${ref('HOME')} \\n` }],
    ['A="x\\ny \\"z\\""', { A: 'x\ny "z"' }],
    ['A=b # c', { A: 'b' }],
    ['A=b#c', { A: 'b#c' }],
    ['A=', { A: '' }],
    ['# A=b\n\nnothing here\nB=c', { B: 'c' }],
    [`A=1\r\nB=${ref('A')}2\r\nC=${ref('HOME')}/x${ref('NONE')}`, { A: '1', B: '12', C: '/root/x' }],
    ['\uFEFFA=b', { A: 'b' }],
  ])('%j', (text, values) => {
    expect(readEnvFile(text, { HOME: '/root' })).toEqual(values);
  });
});

test.each([
  ['a b', ['a', 'b']],
  ['  a  "b c" \'d "e\' ', ['a', 'b c', 'd "e']],
  ['--name="two words"', ['--name=two words']],
  ['', []],
])('the words of %j', (text, words) => {
  expect(splitWords(text)).toEqual(words);
});
