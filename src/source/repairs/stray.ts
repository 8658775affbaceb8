import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import { cut, isBlank, type Repair } from './repair';

/**
 * Moves lines to the left that stand further in than the statement above them, which opens no block: a piece of a function of which the
 * first line lost its indentation, or whose head was not copied; or, in a block, lines that slipped. Only where that makes it Python.
 */
export const strayIndentation: Repair = (lines) => {
  // The parser takes any indentation, so it says nothing of this; and most texts have none.
  if (!lines.some(({ text }, i) => i > 0 && /^[ \t]+\S/.test(text))) return undefined;
  const inside = insideStrings(lines);
  const codes = withoutStrings(lines);
  const isCode = (i: number) => !isBlank(lines[i]) && !inside.has(i) && !/^\s*#/.test(lines[i].text);
  const moved: CodeLine[] = [...lines];
  let first: number | undefined;
  let shift = 0;
  let from = 0;
  let opens = true;
  let depth = 0;
  let isContinued = false;
  /** Indentations of the blocks around, the statement's own at the end. */
  let levels = [0];
  for (let i = 0; i < lines.length; i++) {
    const indent = indentOf(lines[i].text);
    if (isCode(i) && depth === 0 && !isContinued) {
      if (indent < from) shift = 0;
      const above = shift === 0 && !opens ? levels[levels.length - 1] : indent;
      if (indent > above) {
        shift = indent - above;
        // In the module all that is not at the left edge belongs to it.
        from = above === 0 ? 1 : indent;
        first ??= i;
      }
      const level = indent - Math.min(shift, indent);
      levels = [...levels.filter((each) => each < level), level];
    }
    if (!inside.has(i)) moved[i] = cut(lines[i], Math.min(shift, indent));
    const code = codes[i];
    depth = Math.max(0, depth + count(code, /[([{]/g) - count(code, /[)\]}]/g));
    if (code.trim() === '') continue;
    isContinued = depth === 0 && /\\$/.test(code);
    if (depth === 0) opens = /:\s*$/.test(code) || /^\s*@/.test(code);
  }
  if (first === undefined || syntaxErrors(new Source(textOf(moved))).length > 0) return undefined;
  return { lines: moved, notes: [{ kind: 'stray', line: lines[first].line }] };
};

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)![0].length;
}

/** The lines with a letter for each character of a string, and without comments. */
function withoutStrings(lines: readonly CodeLine[]): string[] {
  const source = new Source(textOf(lines));
  const { text } = source;
  let code = '';
  let at = 0;
  source.tree.iterate({
    enter({ name, from, to }) {
      if (!/^(?:String|FormatString|Comment)$/.test(name) || from < at) return true;
      code += text.slice(at, from) + text.slice(from, to).replace(/./gu, name === 'Comment' ? ' ' : 's');
      at = to;
      return false;
    },
  });
  return (code + text.slice(at)).split('\n').map((line) => line.trimEnd());
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
