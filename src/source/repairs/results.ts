import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import { blanked, isBlank, type Repair } from './repair';

const whole = /^\s*(?:>>>|=+>|-+>|→|⇒|➜|►)\s?.*$/;
const behind = /\s*(?:=+>|-+>|→|⇒|➜|>>>)\s?.*$/;

/** Cuts off what a line is said to give: `print(x) => 3`, or a line `>>> 3` below it. */
export const cutResults: Repair = (lines, parsed) => {
  if (!lines.some(({ text }) => behind.test(text)) || syntaxErrors(parsed()).length === 0) return undefined;
  const inside = insideStrings(lines);
  const found: CodeLine[] = [];
  const changed = lines.map((line, i) => {
    if (inside.has(i) || /^\s*#/.test(line.text)) return line;
    if (whole.test(line.text)) {
      found.push(line);
      return blanked(line);
    }
    // An annotation ends in a colon; an arrow in a string stands behind more than one whole statement.
    const text = line.text.replace(behind, '');
    // A reference writes so what a function returns.
    if (/^\s*->/.test(line.text.slice(text.length)) && !/^\s*print\(/.test(text)) return line;
    if (
      text === line.text ||
      !isWhole([{ ...line, text: text.trim() }]) ||
      isWhole([{ ...line, text: line.text.trim() }])
    )
      return line;
    found.push({ ...line, text: line.text.slice(text.length) });
    return { ...line, text };
  });
  if (found.length === 0 || changed.every(isBlank) || !isWhole(changed)) return undefined;
  return { lines: changed, notes: found.map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line })) };
};

function isWhole(lines: readonly CodeLine[]): boolean {
  return syntaxErrors(new Source(textOf(lines))).length === 0;
}
