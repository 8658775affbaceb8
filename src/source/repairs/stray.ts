import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import { cut, isBlank, type Repair } from './repair';

/**
 * Moves lines to the left that stand further in than the statement above them, which opens no block: a piece of a function of which the
 * first line lost its indentation, or whose head was not copied. Only at the level of the module, and only where that makes it Python.
 */
export const strayIndentation: Repair = (lines) => {
  // The parser takes any indentation, so it says nothing of this; and most texts have none.
  if (!lines.some(({ text }, i) => i > 0 && /^[ \t]+\S/.test(text))) return undefined;
  const inside = insideStrings(lines);
  const isCode = (i: number) => !isBlank(lines[i]) && !inside.has(i) && !/^\s*#/.test(lines[i].text);
  const moved: CodeLine[] = [...lines];
  let first: number | undefined;
  let shift = 0;
  let opens = true;
  let depth = 0;
  for (let i = 0; i < lines.length; i++) {
    const indent = indentOf(lines[i].text);
    if (isCode(i) && depth === 0) {
      if (indent === 0) shift = 0;
      else if (!opens && shift === 0 && isTop(moved, i, isCode)) {
        shift = indent;
        first ??= i;
      }
    }
    if (!inside.has(i)) moved[i] = cut(lines[i], Math.min(shift, indent));
    if (isCode(i)) {
      const code = withoutStrings(lines[i].text);
      depth = Math.max(0, depth + count(code, /[([{]/g) - count(code, /[)\]}]/g));
      const goesOn = /\\$/.test(code);
      if (depth === 0) opens = goesOn || /:\s*$/.test(code) || /^\s*@/.test(code);
    }
  }
  if (first === undefined || syntaxErrors(new Source(textOf(moved))).length > 0) return undefined;
  return { lines: moved, notes: [{ kind: 'stray', line: lines[first].line }] };
};

/** Whether the statement above a line is not indented. */
function isTop(moved: readonly CodeLine[], i: number, isCode: (i: number) => boolean): boolean {
  for (let above = i - 1; above >= 0; above--) if (isCode(above)) return indentOf(moved[above].text) === 0;
  return false;
}

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)![0].length;
}

function withoutStrings(text: string): string {
  return text
    .replace(/(["'])(?:\\.|(?!\1).)*\1/g, '')
    .replace(/#.*$/, '')
    .trimEnd();
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
