import type { CodeLine } from '../document';
import { insideStrings } from './indentation';
import { blanked, isBlank, type Repair } from './repair';

/** Drops lines that hold nothing but a number: line numbers that were copied apart from their lines, and numbers of pages between them. */
export const cutNumbers: Repair = (lines, parsed) => {
  const found = lines.flatMap(({ text }, i) => (/^\d{1,4}\.?$/.test(text.trim()) ? [i] : []));
  if (found.length === 0) return undefined;
  const inside = insideStrings(lines);
  const source = parsed();
  const starts = lineStarts(lines);
  // A number alone in its line may be an argument of a call that goes over several.
  const alone = found.filter(
    (i) =>
      !inside.has(i) &&
      source.tree.resolveInner(starts[i] + lines[i].text.search(/\d/), 1).parent?.name === 'ExpressionStatement',
  );
  const values = alone.map((i) => Number.parseInt(lines[i].text, 10));
  const isFirst = lines.findIndex((line) => !isBlank(line)) === alone[0];
  const goesUp = isFirst && alone.length > 2 && values.every((value, i) => i === 0 || value === values[i - 1] + 1);
  // Python never lets a block go on, or begin, behind a number that is not indented.
  const gone = new Set(goesUp ? alone : alone.filter((i) => /^\d/.test(lines[i].text) && isIndented(next(lines, i))));
  if (gone.size === 0 || lines.every((line, i) => gone.has(i) || isBlank(line))) return undefined;
  const first = [...gone][0];
  const note = goesUp
    ? ({ kind: 'gutter', mark: '1', line: lines[first].line } as const)
    : ({ kind: 'leftover', quote: lines[first].text.trim(), line: lines[first].line } as const);
  return { lines: lines.map((line, i) => (gone.has(i) ? blanked(line) : line)), notes: [note] };
};

function lineStarts(lines: readonly CodeLine[]): number[] {
  let at = 0;
  return lines.map(({ text }) => {
    at += text.length + 1;
    return at - text.length - 1;
  });
}

function next(lines: readonly CodeLine[], i: number): CodeLine | undefined {
  return lines.slice(i + 1).find((line) => !isBlank(line));
}

function isIndented(line: CodeLine | undefined): boolean {
  return line !== undefined && /^[ \t]/.test(line.text);
}
