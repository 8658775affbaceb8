import { insideStrings } from './indentation';
import { blanked, type Repair } from './repair';

const separator = /^\s*[-–—=(]*\s*(?:or|or else|또는|혹은|아니면)\s*[-–—=):：]*\s*$/i;

/** Whether a line only says that what follows is another way to do the same. */
export function isSeparator(text: string): boolean {
  return separator.test(text);
}

/** Cuts off lines that say “or” between two ways to do the same. */
export const cutSeparators: Repair = (lines) => {
  // The `or` of a condition over several lines stands between brackets, or behind a backslash.
  const depths = depthsOf(lines.map(({ text }) => text));
  const all = lines.filter(({ text }, i) => isSeparator(text) && depths[i] === 0);
  if (all.length === 0) return undefined;
  const inside = insideStrings(lines);
  const found = all.filter((line) => !inside.has(lines.indexOf(line)));
  if (found.length === 0) return undefined;
  return {
    lines: lines.map((line) => (found.includes(line) ? blanked(line) : line)),
    notes: found.map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line })),
  };
};

/** How many brackets are open at the beginning of each line; a backslash at the end of the one before counts as one. */
function depthsOf(texts: readonly string[]): number[] {
  let depth = 0;
  let isContinued = false;
  return texts.map((text) => {
    const here = depth + (isContinued ? 1 : 0);
    const code = text.replace(/(["'])(?:\\.|(?!\1).)*\1/g, '').replace(/#.*$/, '');
    for (const char of code) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0;
    depth = Math.max(0, depth);
    isContinued = /\\\s*$/.test(code);
    return here;
  });
}
