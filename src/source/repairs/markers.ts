import type { SyntaxNode } from '@lezer/common';
import { textOf } from '../document';
import { syntaxErrors } from '../errors';
import { childrenOf, Source } from '../syntax';
import type { Repair } from './repair';

/**
 * Leaves out a bare `*` or `/` among the arguments of a call. It belongs to a signature, from where the call was copied: `await
 * asyncio.wait(aws, *, timeout=None)`. A block that is nothing but a signature stays one.
 */
export const cutMarkers: Repair = (lines, parsed) => {
  if (!lines.some(({ text }) => /[,(]\s*[*/]\s*[,)]/.test(text) || /^\s*[*/]\s*,/.test(text))) return undefined;
  const source = parsed();
  const before = syntaxErrors(source).length;
  if (before === 0) return undefined;
  const found = markersIn(source);
  // As long as the line, so that columns stay; the comma goes with it.
  const blank = (text: string, from: number, to: number) =>
    text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  const mended = found.reduce((text, { from, to }) => blank(text, from, to), source.text);
  if (found.length === 0 || syntaxErrors(new Source(mended)).length > 0) return undefined;
  const texts = mended.split('\n');
  const changed = lines.map((line, i) => ({ ...line, text: texts[i] ?? line.text }));
  const notes = found.map(({ mark, from }) => ({
    kind: 'marker' as const,
    mark,
    line: lines[Math.min(source.place(from).line, lines.length) - 1].line,
  }));
  return textOf(changed) === textOf(lines) ? undefined : { lines: changed, notes };
};

interface Marker {
  readonly mark: string;
  readonly from: number;
  readonly to: number;
}

/** With the comma behind each, or the one before where it is the last. */
function markersIn(source: Source): Marker[] {
  const found: Marker[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'ArgList' || isWholeStatement(node.parent)) return;
      for (const match of source.textOf(node).matchAll(/(?<=[(,]\s*)([*/])(\s*,|(?=\s*\)))/g)) {
        const from = node.from + match.index;
        if (!isInString(source, from)) found.push({ mark: match[1], from, to: from + match[0].length });
      }
    },
  });
  // Of nested calls both see it.
  return found.filter(({ from }, i) => found.findIndex((other) => other.from === from) === i);
}

/** A call that nobody awaits, and whose result goes nowhere, is a signature. */
function isWholeStatement(call: SyntaxNode | null): boolean {
  return call?.parent?.name === 'ExpressionStatement' && [...childrenOf(call.parent)].length === 1;
}

function isInString(source: Source, offset: number): boolean {
  for (let at: SyntaxNode | null = source.tree.resolveInner(offset, 1); at; at = at.parent)
    if (/String$|^Comment$/.test(at.name)) return true;
  return false;
}
