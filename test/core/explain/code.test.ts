import { expect, test } from 'vitest';
import { code } from '../../../src/core/explain/explain';

/** A hover is trusted to run commands of ours: what a program wrote stands in it as inline code. */

test.each([
  ['ends the code', 'a`b``](command:quit)`', '``` a`b``](command:quit)` ```'],
  ['turns the writing', 'name\u202egnp.\u2066x\u2069', '`name gnp. x`'],
  ['rings and clears', 'a\u0007\u001b[2Jb\u009bc', '`a [2Jb c`'],
  ['breaks the line', 'a\r\n\r\n# b\u2028c', '`a # b c`'],
  ['is empty', '\u202e', '`  `'],
])('a text that %s', (_what, text, shown) => {
  expect(code(text)).toBe(shown);
});

test('a text of ten million letters is cut', () => {
  expect(code('\u{1f40d}'.repeat(5_000_000))).toBe(`\`${'\u{1f40d}'.repeat(47)}…\``);
});
