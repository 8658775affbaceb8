import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import type { Repair } from './repair';

/** Breaks lines at the line and paragraph separators of Unicode, which word processors and some chats write for a new line. Python does not. */
export const separatedLines: Repair = (lines, parsed) => {
  const first = lines.find(({ text }) => /[\u2028\u2029]/.test(text));
  // In a string they are nothing but characters.
  if (!first || syntaxErrors(parsed()).length === 0) return undefined;
  const changed = lines.flatMap(({ text, line, shift }): CodeLine[] => {
    let at = shift;
    return text.split(/[\u2028\u2029]/).map((part) => {
      at += part.length + 1;
      return { text: part, line, shift: at - part.length - 1 };
    });
  });
  if (syntaxErrors(new Source(textOf(changed))).length >= syntaxErrors(parsed()).length) return undefined;
  return { lines: changed, notes: [{ kind: 'characters', line: first.line }] };
};
