import { describe, expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { makePlan } from '../../src/source/make-plan';
import { planText } from '../../src/source/plan-words';
import { program, read, whole } from './pasted';

const planOf = (text: string) => {
  const reading = read(text);
  return makePlan(reading, { blocks: [() => reading], home: 0 });
};
const saidOf = (text: string) => planText(planOf(text), translator(undefined));
const each = (prefix: (line: string, i: number) => string) => program.map(prefix).join('\n');

describe('what is put around, in front of and into code', () => {
  test.each([
    ['a button in Japanese', `コピー\n${whole}`],
    ['a button in Chinese, glued to the language', `python复制\n${whole}`],
    ['a button in French', `Copier le code\n${whole}`],
    ['a button in German below the language', `python\nCode kopieren\n${whole}`],
    ['a button in Spanish', `${whole}\nCopiar código\n`],
    ['a button with a sign', `▶ Run\n${whole}`],
    ['a line of a shell above', `$ cat main.py\n${whole}\n$ python main.py\na\n`],
    ['an installation above', `pip install aiohttp\n${whole}`],
    ['magics of a notebook', `%%time\n!pip install aiohttp\n${whole}`],
    ['text around a fence', `다음은 예제입니다.\n\n\`\`\`python\n${whole}\n\`\`\`\n\n실행하면 a 가 나옵니다.\n`],
    ['prompts without their blank', each((line) => (line.startsWith(' ') ? `... ${line}` : `>>>${line}`))],
    ['two quotation marks', each((line) => `>> ${line}`)],
    ['bars', each((line) => `| ${line}`)],
    ['the plus of a diff', each((line) => `+${line}`)],
    [
      'a diff',
      `import asyncio\n async def main():\n     print('a')\n-    time.sleep(1)\n+    await asyncio.sleep(1)\n asyncio.run(main())\n`,
    ],
    ['line numbers in lines of their own', each((line, i) => `${i + 1}\n${line}`)],
    ['line numbers above', `1\n2\n3\n4\n5\n${whole}`],
    ['the number of a page', whole.replace("('a')\n", "('a')\n\n12\n\n")],
    [
      'spaces of no width',
      whole.replace('    await', '\u200b    await').replace('asyncio.sleep', 'asyn\u00adcio.sleep'),
    ],
    ['full width', whole.replaceAll('(', '（').replaceAll(')', '）').replaceAll(':', '：')],
    ['HTML', whole.replaceAll("'a'", '&#39;a&#39;')],
    ['numbers of notes', whole.replace("print('a')", "print('a') ①").replace('sleep(1)', 'sleep(1)  ❷')],
  ])('%s', (_, text) => {
    const { lines, errors } = read(text);
    expect(errors).toEqual([]);
    expect(lines.map((line) => line.text.trimEnd()).filter(Boolean)).toEqual(program);
    expect(planOf(text).kind).toBe('pieces');
  });

  test('a line between backticks', () => {
    expect(read('`await asyncio.sleep(1)`\n').lines[0]).toMatchObject({ text: 'await asyncio.sleep(1)', shift: 1 });
  });

  test.each([
    ['strings of full width', "print('（안녕）：', 'a–b', '①')\n"],
    ['entities in a string', "print('&lt;')\n"],
    ['numbers as arguments', 'print(\n1\n    )\nx = [\n1,\n2\n    ]\n'],
    ['numbers that a program could end on', 'import asyncio\nx = 1\n12\ny = 2\n'],
    ['an emphasized minus in a comment', 'x = 1  # a – b\n'],
  ])('%s stay as they are', (_, text) => {
    const { lines, notes } = read(text);
    expect([
      lines
        .map((line) => line.text)
        .join('\n')
        .trimEnd(),
      notes,
    ]).toEqual([text.trimEnd(), []]);
  });
});

describe('what cannot be put right is said', () => {
  test.each([
    ['except asyncio.TimeoutError:\n    print(1)\n', 'the statement that `except` (line 1) belongs to is missing'],
    ['    else:\n        await asyncio.sleep(1)\n', 'the statement that `else` (line 1) belongs to is missing'],
    [program.map((line) => line.trim()).join('\n'), 'line 2 opens a block, and no line below it is indented'],
    ['        await asyncio.sleep(1)\n    print(1)\nasyncio.run(main())\n', '`main` (line 3) is not defined'],
  ])('%j', (text, expected) => expect(saidOf(text)).toContain(expected));
});

/** Each fault alone is put right by a repair that wants valid code behind it: two must not keep one another from being seen. */
describe('typographic characters beside another fault', () => {
  const typed = (text: string) => text.replace("'a'", '‘a’');
  test.each([
    ['line numbers', typed(each((line, i) => `${i + 1}  ${line}`))],
    ['line numbers with a bar', typed(each((line, i) => `${i + 1} | ${line}`))],
    ['numbers and a colon', typed(each((line, i) => `0${i + 1}: ${line}`))],
    ['hard blanks behind the numbers', each((line, i) => `${i + 1}\u00a0${line}`)],
    ['the plus of a diff', typed(each((line) => `+ ${line}`))],
    ['a quotation', typed(each((line) => `>\u00a0${line}`))],
    ['brackets of full width', whole.replace("print('a')", 'print（‘a’）')],
    ['a name in bold', typed(`**example.py**\n${whole}`)],
    ['a bracket that the copy lost', typed(whole.slice(0, -1))],
  ])('%s', (_, text) => {
    const { errors, lines } = read(text);
    expect(errors).toEqual([]);
    expect(lines.map((line) => line.text.trimEnd()).filter(Boolean)).toEqual(program);
  });

  test('strings keep what they say', () => {
    const said = `print('（가）：나')\n`;
    expect(read(`${said}1 ＋ 1`).lines[0].text).toBe(said.trimEnd());
    expect(read(`${said}‘a’ ＋ (`).lines[0].text).toBe(said.trimEnd());
  });
});

describe('brackets that the last line leaves open', () => {
  test('are closed and told', () => {
    const { errors, notes } = read(whole.slice(0, -2));
    expect(errors).toEqual([]);
    expect(notes).toEqual([{ kind: 'closed', what: '))', line: 5 }]);
  });
  test.each(['print((1]', "print('a", 'f(:'])('not in %j', (text) => expect(read(text).notes).toEqual([]));
});
