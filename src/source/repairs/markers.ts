import type { SyntaxNode } from '@lezer/common';
import type { PlanNote } from '../../core/trace/plan-notes';
import { textOf } from '../document';
import { syntaxErrors } from '../errors';
import { childrenOf, Source } from '../syntax';
import { blanked, isBlank, type Repair } from './repair';

/**
 * Leaves out a bare `*` or `/` among the arguments of a call. It belongs to a signature, from where the call was copied: `await
 * asyncio.wait(aws, *, timeout=None)`. A line that is nothing but a signature is cut off where other code stands beside it; a block that
 * has nothing else stays one.
 */
export const cutMarkers: Repair = (lines, parsed) => {
  if (!lines.some(({ text }) => MARKED.test(text) || /^\s*[*/]\s*,/.test(text))) return undefined;
  const source = parsed();
  if (syntaxErrors(source).length === 0) return undefined;
  const signatures = lines.filter(({ text }) => MARKED.test(text) && SIGNATURE.test(text));
  if (lines.every((line) => isBlank(line) || SIGNATURE.test(line.text))) return undefined;
  const found = markersIn(source).filter(({ line }) => !signatures.includes(lines[line - 1]));
  // As long as the line, so that columns stay; the comma goes with it.
  const blank = (text: string, from: number, to: number) =>
    text.slice(0, from) + ' '.repeat(to - from) + text.slice(to);
  const texts = found.reduce((text, { from, to }) => blank(text, from, to), source.text).split('\n');
  const changed = lines.map((line, i) =>
    signatures.includes(line) ? blanked(line) : { ...line, text: texts[i] ?? line.text },
  );
  if (textOf(changed) === textOf(lines) || syntaxErrors(new Source(textOf(changed))).length > 0) return undefined;
  const notes: readonly PlanNote[] = [
    ...signatures.map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line }) as const),
    ...found.map(({ mark, line }) => ({ kind: 'marker', mark, line: lines[line - 1].line }) as const),
  ];
  return { lines: changed, notes };
};

const MARKED = /[,(]\s*[*/]\s*[,)]/;
/** A call that nobody awaits, and whose result goes nowhere. */
const SIGNATURE = /^\s*[\w.]+\s*\(([^()]|\([^()]*\))*\)\s*(?:->\s*[^:]+)?$/;

interface Marker {
  readonly mark: string;
  readonly from: number;
  readonly to: number;
  /** Of the source, from 1. */
  readonly line: number;
}

/** With the comma behind each, or the one before where it is the last. By the text: a `/` there makes the parser lose its way. */
function markersIn(source: Source): Marker[] {
  return [...source.text.matchAll(/(?<=[(,]\s*)([*/])(\s*,|(?=\s*\)))/g)]
    .filter(({ index }) => !isWithin(source, index, /String$|^Comment$|^ParamList$/))
    .filter(({ index }) => !isWholeStatement(source, index))
    .map(({ 0: all, 1: mark, index }) => ({
      mark,
      from: index,
      to: index + all.length,
      line: source.place(index).line,
    }));
}

/** A signature over several lines. */
function isWholeStatement(source: Source, offset: number): boolean {
  let call: SyntaxNode | null = source.tree.resolveInner(offset, 1);
  while (call && call.name !== 'CallExpression') call = call.parent;
  return call?.parent?.name === 'ExpressionStatement' && [...childrenOf(call.parent)].length === 1;
}

function isWithin(source: Source, offset: number, kinds: RegExp): boolean {
  for (let at: SyntaxNode | null = source.tree.resolveInner(offset, 1); at; at = at.parent)
    if (kinds.test(at.name)) return true;
  return false;
}
