import { describe, expect, test } from 'vitest';
import { planNoteText } from '../../src/core/trace/plan-notes';
import { translator } from '../../src/core/translate';
import { program, read, whole } from './pasted';

const each = (prefix: (line: string, i: number) => string) => program.map(prefix).join('\n');
const left = (text: string) =>
  read(text)
    .lines.map((line) => line.text.trimEnd())
    .filter(Boolean);

describe('what people write around code, and what their programs leave out', () => {
  test.each([
    ['who says it', `Alice: try this\n${whole}`],
    ['who says it, in front of the code', `Alice: ${whole}`],
    ['who says it, above', `You said:\n${whole}`],
    ['ChatGPT', `ChatGPT said:\nHere is the code you need.\n${whole}`],
    ['a time above', `10:32 AM\n${whole}`],
    ['a time and a name above', `[10:32] Alice:\n${whole}`],
    ['a name and a time', `alice 10:32\n${whole}`],
    ['a time and a name in front', `[10:32] Alice: ${whole}`],
    ['a time in front of each line', each((line) => `[10:32] ${line}`)],
    ['a sentence below', `${whole}\nthis prints a after one second\n`],
    ['a sentence between', whole.replace('asyncio.run', 'and then start it\nasyncio.run')],
    ['a Korean sentence', `이렇게 해 보세요\n${whole}`],
    ['a Korean name', `철수: ${whole}`],
    ['line separators', program.join('\u2028')],
    ['paragraph separators', program.join('\u2029')],
    ['what a line gives', whole.replace("print('a')", "print('a') => a")],
    ['what a line gives, with an arrow', whole.replace("print('a')", "print('a')  → a")],
    ['what is printed below', `${whole}\n>>> a\n`],
    ['what is printed below, with an arrow', `${whole}\n=> a\n`],
    ['a bullet', `- ${program.join('\n  ')}`],
    ['a bullet in front of the first line', `- ${whole}`],
    ['a star in front of each line', each((line) => `* ${line}`)],
    ['lines that slipped', whole.replace('    await', '            await')],
    ['a missing colon', whole.replace('main():', 'main()')],
  ])('%s', (_, text) => {
    expect(read(text).errors).toEqual([]);
    expect(left(text)).toEqual(program);
  });

  test.each([
    ['print "x"', 'print("x")'],
    ['print  "x" % 1,  # why', `print( "x" % 1, end=' ')  # why`],
    ["if 1: print 'a'", "if 1: print('a')"],
    ['print x, y', 'print(x, y)'],
  ])('Python 2: %s', (old, now) => expect(left(`x = y = 1\n${old}\n`)).toEqual(['x = y = 1', now]));

  test('what was added is said, once for each line', () => {
    const { notes } = read(whole.replace('main():', 'main()').replace("print('a')", "print 'a'"));
    expect(notes.map((note) => planNoteText(note, translator(undefined)))).toEqual([
      'Added the missing `:` at the end of line 2.',
      'Line 3 has the `print` of Python 2: added its parentheses.',
    ]);
  });

  test.each([
    ['a separator in a string', "print('a\u2028b')\n"],
    ['an annotation', 'Alice: int\nx = 1\n'],
    ['a docstring with rules and commands', 'x = """\nUse\n---\n$ pip install x\nor\n%run y\n"""\nprint(x)\n'],
    ['arrows', "def f() -> int:\n    print('=> a')  # => a\n"],
    ['a line that goes on, less indented', 'def f():\n    x = (1,\n  2)\n    y = 1 + \\\n2\n    return x\n'],
    ['strings that go on behind a backslash', 'def f():\n    x = "a:" \\\n        "b"\n    return x\n'],
    ['blocks of different depths', 'if 1:\n      x = 1\n      if x:\n         y = 1\n      z = 1\nelse:\n  y = 2\n'],
  ])('%s stays as it is', (_, text) => {
    const { lines, notes } = read(text);
    expect([lines.map((line) => line.text).join('\n'), notes]).toEqual([text.trimEnd(), []]);
  });
});
