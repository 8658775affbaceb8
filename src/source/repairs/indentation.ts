import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { cut, isBlank, type Repair } from './repair';

/** Removes the common indentation of all lines, as in a part of a function, or a block inside of a list. */
export const commonIndentation: Repair = (lines) => {
  const first = lines.find((line) => !isBlank(line) && !isComment(line));
  const indentation = first && /^[ \t]*/.exec(first.text)![0];
  if (!first || !indentation) return undefined;
  const inside = insideStrings(lines);
  const isCode = (line: CodeLine, i: number) => !isBlank(line) && !inside.has(i) && !isComment(line);
  const common = lines.every((line, i) => !isCode(line, i) || line.text.startsWith(indentation));
  if (common) {
    const shorter = lines.map((line) => cut(line, lead(line.text, indentation.length)));
    return { lines: shorter, notes: [{ kind: 'indentation', line: first.line }] };
  }
  // Only the lines before the first unindented one stand too far in: the copy began in the middle of an indentation.
  const end = lines.findIndex((line, i) => isCode(line, i) && !line.text.startsWith(indentation));
  const moved = lines.map((line, i) => (i < end ? cut(line, lead(line.text, indentation.length)) : line));
  const errors = (all: readonly CodeLine[]) => syntaxErrors(new Source(textOf(all))).length;
  const opens = lines.slice(0, end).some(({ text }) => /:\s*(#.*)?$/.test(text));
  if (opens || errors(moved) > 0) return undefined;
  return { lines: moved, notes: [{ kind: 'indentation', line: first.line }] };
};

function isComment({ text }: CodeLine): boolean {
  return /^\s*#/.test(text);
}

function lead(text: string, most: number): number {
  return Math.min(most, /^[ \t]*/.exec(text)![0].length);
}

/** Indices of the lines that begin inside of a string of several lines. */
export function insideStrings(lines: readonly CodeLine[]): Set<number> {
  const source = new Source(textOf(lines));
  const inside = new Set<number>();
  source.tree.iterate({
    enter({ name, from, to }) {
      if (name !== 'String' && name !== 'FormatString') return;
      const [first, last] = [source.place(from).line, source.place(to).line];
      for (let line = first + 1; line <= last; line++) inside.add(line - 1);
    },
  });
  return inside;
}
