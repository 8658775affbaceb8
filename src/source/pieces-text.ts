import { readDirectives } from './directives';
import type { PiecesOrder } from './plan';
import { importStatement } from './standard-names';

/** The pieces of a program as one text, and for each of its lines that of the document. */
export function piecesText({ imports, pieces }: PiecesOrder): {
  readonly text: string;
  readonly lines: readonly number[];
} {
  const first = pieces[0]?.lines[0] ?? 1;
  return {
    text: [...imports.map(importStatement), ...pieces.map(({ text }) => text.replace(/\n$/, ''))].join('\n'),
    lines: [...imports.map(() => first), ...pieces.flatMap(({ lines }) => lines)],
  };
}

/** The pieces with what comments in them put in the place of awaits. */
export function withDirectives(order: PiecesOrder): PiecesOrder {
  const pieces = order.pieces.map((piece) => ({ ...piece, directives: readDirectives(piece.text).directives }));
  return { ...order, pieces };
}
