import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import { blanked, cut, isBlank, type Repair, type Repaired } from './repair';

const time = String.raw`\[?(?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?\]?`;
const name = String.raw`<?[\p{L}][\p{L}\p{N}_-]*(?: [\p{L}][\p{L}\p{N}_-]*)?>?`;
/** Who wrote a message, and when, in front of its text. */
const sender = new RegExp(`^(?:${time}(?: ?${name}:)?|${name},? ${time}:?|${name}:)(?: |$)`, 'u');
/** Words of a sentence: no call, no assignment, no index. */
const sentence = /^[\p{L}\p{N}"'“‘(][^=[\]{}@\\]*$/u;
const statement =
  /^(?:async|await|def|class|if|elif|else|for|while|try|except|finally|with|import|from|return|raise|yield|del|global|nonlocal|assert|pass|print|lambda|not|match|case|exec)\b/;

/** Cuts off what people wrote in a chat before, between and behind their code: who says something, when, and a sentence. */
export const cutChat: Repair = (lines, parsed) => {
  if (!lines.some(({ text }) => sender.test(text) || isSentence(text)) || syntaxErrors(parsed()).length === 0)
    return undefined;
  return withoutSenders(lines) ?? withoutSentences(lines);
};

/** A message of which the first line, or each, begins with its sender. */
function withoutSenders(lines: readonly CodeLine[]): Repaired | undefined {
  const first = lines.find((line) => !isBlank(line));
  const found = first && sender.exec(first.text);
  if (!first || !found || isBlank(cut(first, found[0].length))) return undefined;
  const changed = lines.map((line) => cut(line, sender.exec(line.text)?.[0].length ?? 0));
  const once = lines.map((line) => (line === first ? cut(line, found[0].length) : line));
  for (const each of [once, changed])
    if (isWhole(each)) return { lines: each, notes: [{ kind: 'leftover', quote: found[0].trim(), line: first.line }] };
  return undefined;
}

/** Lines that are nobody's code, at the left edge. */
function withoutSentences(lines: readonly CodeLine[]): Repaired | undefined {
  const inside = insideStrings(lines);
  const gone = lines.filter((line, i) => !inside.has(i) && isSentence(line.text) && !isWhole([line]));
  const changed = lines.map((line) => (gone.includes(line) ? blanked(line) : line));
  if (gone.length === 0 || changed.every(isBlank) || !isWhole(changed)) return undefined;
  return {
    lines: changed,
    notes: gone.map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line }) as const),
  };
}

function isSentence(text: string): boolean {
  if (statement.test(text)) return false;
  if (sender.exec(text)?.[0].trim() === text.trim() && text !== '') return true;
  if (!sentence.test(text)) return false;
  // `Alice:`, `You said:`, or several words; a name with a call behind it is code.
  return /^[^()#]*:\s*$/.test(text) || (/^\S+ +[\p{L}\p{N}]/u.test(text) && !/\w\(/.test(text));
}

function isWhole(lines: readonly CodeLine[]): boolean {
  return syntaxErrors(new Source(textOf(lines))).length === 0;
}
