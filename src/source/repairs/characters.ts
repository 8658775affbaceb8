import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import type { Repair } from './repair';

const spaces = /[\u00a0\u2000-\u200a\u202f\u3000]/g;
const invisible = /[\u200b-\u200d\u2060\ufeff]/g;
const double = /[“”„«»]/g;
const single = /[‘’‚]/g;

/** Replaces typographic spaces and quotes of word processors and chats, if the code is invalid with them. Each is one character for one. */
export const plainCharacters: Repair = (lines, parsed) => {
  const candidates = lines.filter(
    ({ text }) => text.search(/[\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff“”„«»‘’‚]/) >= 0,
  );
  if (candidates.length === 0) return undefined;
  const before = syntaxErrors(parsed()).length;
  const spaced = lines.map((line) => ({
    ...line,
    text: line.text.replace(spaces, ' ').replace(invisible, ' ').trimEnd(),
  }));
  const quoted = spaced.map((line) => ({ ...line, text: line.text.replace(double, '"').replace(single, "'") }));
  for (const changed of [spaced, quoted]) {
    if (before === 0 && !hasOddIndentation(lines.map(({ text }) => text))) return undefined;
    if (syntaxErrors(new Source(textOf(changed))).length < Math.max(before, 1))
      return { lines: changed, notes: [{ kind: 'characters', line: candidates[0].line }] };
  }
  return undefined;
};

/** The same lines without any typographic character, also where that alone makes nothing valid. */
export function withoutTypography(lines: readonly CodeLine[]): readonly CodeLine[] {
  return lines.map((line) => {
    const plain = line.text.replace(spaces, ' ').replace(invisible, ' ').replace(double, '"').replace(single, "'");
    return plain === line.text ? line : { ...line, text: plain };
  });
}

/** The parser takes any space for one; Python does not. */
function hasOddIndentation(texts: readonly string[]): boolean {
  return texts.some((text) => /^[ \t]*[\u00a0\u2000-\u200d\u202f\u2060\u3000\ufeff]/.test(text));
}
