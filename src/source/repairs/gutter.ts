import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { cut, isBlank, type Repair } from './repair';

/** A number, and the blanks behind it: some belong to it, the others to the code. */
const NUMBER = /^([ \t]*(\d+)[.:|)]?)([ \t]*)(?=\D|$)/;
const QUOTE = /^[ \t]*>(?: |$)/;

/** Removes what was copied in front of every line: line numbers, or the `>` of a quotation. */
export const cutGutter: Repair = (lines, parsed) => {
  const code = lines.filter((line) => !isBlank(line));
  if (code.length < 2) return undefined;
  const mark = code.every(({ text }) => QUOTE.test(text)) ? '>' : areNumbered(code) ? '1' : undefined;
  if (!mark || syntaxErrors(parsed()).length === 0) return undefined;
  const tries = mark === '>' ? [lines.map(({ text }) => QUOTE.exec(text)?.[0].length ?? 0)] : numberWidths(lines);
  for (const widths of tries) {
    const changed = lines.map((line, i) => cut(line, Math.min(widths[i], line.text.length)));
    if (syntaxErrors(new Source(textOf(changed))).length === 0)
      return { lines: changed, notes: [{ kind: 'gutter', mark, line: code[0].line }] };
  }
  return undefined;
};

/** Numbers that go up by one, from line to line. */
function areNumbered(code: readonly CodeLine[]): boolean {
  const numbers = code.map(({ text }) => Number(NUMBER.exec(text)?.[2]));
  return numbers.every((number, i) => !Number.isNaN(number) && (i === 0 || number === numbers[i - 1] + 1));
}

/** How much of each line belongs to its number: the same space behind each, or all up to one column. */
function numberWidths(lines: readonly CodeLine[]): number[][] {
  const parts = lines.map(({ text }) => {
    const [all = '', number = '', , space = ''] = NUMBER.exec(text) ?? [];
    return { number: number.length, space: all.length === text.length ? Number.POSITIVE_INFINITY : space.length };
  });
  const space = Math.min(...parts.map((part) => part.space));
  const column = Math.min(...parts.map((part) => part.number + part.space));
  return [parts.map(({ number }) => number + space), parts.map(() => column)];
}
