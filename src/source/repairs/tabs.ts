import type { CodeLine } from '../document';
import { insideStrings } from './indentation';
import { isBlank, type Repair } from './repair';

const WIDTHS = [4, 8, 2] as const;

/** Tabs among spaces, where Python sees no order in them and only one width of a tab brings one. */
export const mixedTabs: Repair = (lines) => {
  if (!lines.some(({ text }) => /^[ ]*\t/.test(text)) || !lines.some(({ text }) => /^\t*[ ]/.test(text)))
    return undefined;
  const logical = logicalLines(lines);
  if (isConsistent(lines, logical)) return undefined;
  const fitting = WIDTHS.flatMap((width) => {
    const shape = shapeOf(
      logical.map((i) => indentOf(lines[i].text, width)),
      logical.map((i) => opensBlock(lines, i, logical)),
    );
    return shape === undefined ? [] : [{ width, shape }];
  });
  const [first] = fitting;
  if (!first || fitting.some(({ shape }) => shape !== first.shape)) return undefined;
  const inside = insideStrings(lines);
  const expanded = lines.map((line, i) => (inside.has(i) ? line : spaced(line, first.width)));
  const at = lines.find(({ text }) => /^[ ]*\t/.test(text))!.line;
  return { lines: expanded, notes: [{ kind: 'tabs', width: first.width, line: at }] };
};

function spaced({ text, line, shift }: CodeLine, width: number): CodeLine {
  const leading = /^[ \t]*/.exec(text)![0];
  const indent = indentOf(text, width);
  return { text: ' '.repeat(indent) + text.slice(leading.length), line, shift: shift + leading.length - indent };
}

function indentOf(text: string, width: number): number {
  let column = 0;
  for (const char of text) {
    if (char === ' ') column++;
    else if (char === '\t') column += width - (column % width);
    else break;
  }
  return column;
}

/** Indices of the lines that begin a statement. */
function logicalLines(lines: readonly CodeLine[]): number[] {
  const inside = insideStrings(lines);
  const found: number[] = [];
  let depth = 0;
  lines.forEach((line, i) => {
    const code = line.text.replace(/#.*$/, '').replace(/(["'])(?:\\.|(?!\1).)*\1/g, '');
    if (!isBlank(line) && !inside.has(i) && depth === 0 && !/^\s*#/.test(line.text)) found.push(i);
    for (const char of code) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
    depth = Math.max(0, depth);
  });
  return found;
}

function opensBlock(lines: readonly CodeLine[], from: number, logical: readonly number[]): boolean {
  const next = logical[logical.indexOf(from) + 1] ?? lines.length;
  const statement = lines.slice(from, next).map(({ text }) => text.replace(/\s+#[^"']*$/, ''));
  return /:\s*$/.test(statement.filter((text) => text.trim() !== '' && !/^\s*#/.test(text)).at(-1) ?? '');
}

/** The depths of the statements, as one text; nothing if they make no blocks. */
function shapeOf(indents: readonly number[], opens: readonly boolean[]): string | undefined {
  const stack = [indents[0] ?? 0];
  const depths: number[] = [];
  for (let i = 0; i < indents.length; i++) {
    const top = stack[stack.length - 1];
    if (i > 0 && opens[i - 1]) {
      if (indents[i] <= top) return undefined;
      stack.push(indents[i]);
    } else {
      if (indents[i] > top) return undefined;
      while (stack.length > 0 && stack[stack.length - 1] > indents[i]) stack.pop();
      if (stack[stack.length - 1] !== indents[i]) return undefined;
    }
    depths.push(stack.length);
  }
  return depths.join();
}

/** Python's own rule: a tab of 8 columns and one of 1 lead to the same blocks. */
function isConsistent(lines: readonly CodeLine[], logical: readonly number[]): boolean {
  const opens = logical.map((i) => opensBlock(lines, i, logical));
  const shapes = [8, 1].map((width) =>
    shapeOf(
      logical.map((i) => indentOf(lines[i].text, width)),
      opens,
    ),
  );
  return shapes[0] !== undefined && shapes[0] === shapes[1];
}
