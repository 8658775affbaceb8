import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import type { Repair } from './repair';

const PRINT =
  /^(\s*|[^#"']*:\s+)print[ \t]+(?=["'\w])(?!(?:in|is|if|or|and|not|else|for)\b)((?:[^#"']|"[^"]*"|'[^']*')*?)(,?)([ \t]*(?:#.*)?)$/;
const HEAD =
  /^\s*(?:(?:else|try|finally|except)|(?:async\s+)?(?:def|class|if|elif|else|for|while|try|except|finally|with)\b[^#]*[^\s#:,\\([{])\s*$/;

/** Writes what Python 3 needs and the text lacks, where only one thing can be meant: the parentheses of a `print`, the colon in front of a block. */
export const addMissing: Repair = (lines, parsed) => {
  // The parser knows Python 2, too.
  if (!lines.some(({ text }) => PRINT.test(text)) && (!lines.some(({ text }) => HEAD.test(text)) || isWhole(parsed())))
    return closed(lines, parsed);
  const inside = insideStrings(lines);
  const prints = lines.map((line, i) => (inside.has(i) ? line : withParentheses(line)));
  const colons = prints.map((line, i) => (inside.has(i) ? line : withColon(line, prints[i + 1])));
  // Nothing that is Python already is changed: a colon may be missing in one line, and be none in another.
  for (const changed of [prints, colons]) {
    const at = lines.filter((line, i) => changed[i] !== line);
    if (at.length === 0 || !isWhole(new Source(textOf(changed)))) continue;
    return {
      lines: changed,
      notes: at.map((line) => {
        const what = changed[lines.indexOf(line)].text.trimEnd().endsWith(':') ? ':' : '()';
        return { kind: 'added', what, line: line.line } as const;
      }),
    };
  }
  return closed(lines, parsed);
};

/** Closes the brackets that the last line leaves open, where only they are missing: the copy ended too early. */
function closed(lines: readonly CodeLine[], parsed: Parameters<Repair>[1]): ReturnType<Repair> {
  const last = lines.findLastIndex(({ text }) => text.trim() !== '');
  const text = lines[last]?.text.replace(/(["'])(?:\\.|(?!\1).)*\1/g, '') ?? '';
  if (last < 0 || /["'#]|:\s*$/.test(text) || isWhole(parsed())) return undefined;
  const open: string[] = [];
  for (const character of text) {
    if (character in CLOSING) open.push(CLOSING[character]);
    else if (/[)\]}]/.test(character) && open.pop() !== character) return undefined;
  }
  const missing = open.reverse().join('');
  if (missing === '') return undefined;
  const changed = lines.map((line, i) => (i === last ? { ...line, text: line.text.trimEnd() + missing } : line));
  if (!isWhole(new Source(textOf(changed)))) return undefined;
  return { lines: changed, notes: [{ kind: 'closed', what: missing, line: lines[last].line }] };
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** As long as before, up to the last: columns stay. */
function withParentheses(line: CodeLine): CodeLine {
  const found = PRINT.exec(line.text);
  if (!found) return line;
  const [, before, what, comma, after] = found;
  const text = `${before}print(${line.text.slice(before.length + 6, before.length + 6 + gap(line.text, before, what))}${what}${comma ? ", end=' '" : ''})${after}`;
  return { ...line, text };
}

/** Blanks in front of what is printed, but for the one that becomes the parenthesis. */
function gap(text: string, before: string, what: string): number {
  return text.indexOf(what, before.length + 5) - before.length - 6;
}

function withColon(line: CodeLine, next: CodeLine | undefined): CodeLine {
  const indent = (text: string) => /^\s*/.exec(text)![0].length;
  if (!next || !HEAD.test(line.text) || indent(next.text) <= indent(line.text) || next.text.trim() === '') return line;
  return { ...line, text: `${line.text.trimEnd()}:` };
}

function isWhole(source: Source): boolean {
  return syntaxErrors(source).length === 0;
}
