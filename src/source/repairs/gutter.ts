import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { blanked, cut, isBlank, type Repair, type Repaired } from './repair';

/** A number, and the blanks behind it: some belong to it, the others to the code. */
const NUMBER = /^([ \t]*(\d+)(?:[.:|)]| ?[|│])?)([ \t]*)(?=\D|$)/;
const QUOTE = /^[ \t]*(?:>+|\|)(?: |$)/;
/** Of an item of a list. */
const BULLET = /^[-*•·–] /;

/** Removes what was copied in front of every line: line numbers, or the `>` of a quotation. */
export const cutGutter: Repair = (lines, parsed) => {
  const code = lines.filter((line) => !isBlank(line));
  if (code.length < 2) return undefined;
  const diff = cutDiff(lines, code);
  // The parser takes any indentation, and signs for operators.
  if (diff && (code.some(({ text }) => /^ \S/.test(text)) || syntaxErrors(parsed()).length > 0)) return diff;
  const mark = code.every(({ text }) => QUOTE.test(text)) ? '>' : areNumbered(code) ? '1' : undefined;
  if (!mark && code.some(({ text }) => BULLET.test(text))) return cutBullets(lines, parsed);
  if (!mark || syntaxErrors(parsed()).length === 0) return undefined;
  const tries = mark === '>' ? [lines.map(({ text }) => QUOTE.exec(text)?.[0].length ?? 0)] : numberWidths(lines);
  for (const widths of tries) {
    const changed = lines.map((line, i) => cut(line, Math.min(widths[i], line.text.length)));
    if (syntaxErrors(new Source(textOf(changed))).length === 0)
      return { lines: changed, notes: [{ kind: 'gutter', mark, line: code[0].line }] };
  }
  return undefined;
};

/** Of an item of a list, or of several, the code: what is indented below a bullet goes with it. */
function cutBullets(lines: readonly CodeLine[], parsed: Parameters<Repair>[1]): Repaired | undefined {
  const first = lines.find((line) => !isBlank(line))!;
  if (!BULLET.test(first.text) || syntaxErrors(parsed()).length === 0) return undefined;
  const all = lines.every((line) => isBlank(line) || /^([-*•·–]| ) /.test(line.text));
  const changed = lines.map((line) =>
    BULLET.test(line.text) || all ? cut(line, Math.min(2, line.text.length)) : line,
  );
  if (syntaxErrors(new Source(textOf(changed))).length > 0) return undefined;
  return { lines: changed, notes: [{ kind: 'leftover', quote: first.text[0], line: first.line }] };
}

/** The new text of a diff. */
function cutDiff(lines: readonly CodeLine[], code: readonly CodeLine[]): Repaired | undefined {
  const isHead = (text: string) => /^(diff |index |@@|\+\+\+ |--- )/.test(text);
  // The copy may have begun behind the blank of the first line.
  if (!code.every(({ text }, i) => /^[ +-]/.test(text) || isHead(text) || (i === 0 && /^\w/.test(text))))
    return undefined;
  if (!code.some(({ text }) => text.startsWith('+'))) return undefined;
  const changed = lines.map((line) =>
    isHead(line.text) || line.text.startsWith('-') ? blanked(line) : cut(line, /^[ +]/.test(line.text) ? 1 : 0),
  );
  if (syntaxErrors(new Source(textOf(changed))).length > 0) return undefined;
  return { lines: changed, notes: [{ kind: 'gutter', mark: '+', line: code[0].line }] };
}

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
