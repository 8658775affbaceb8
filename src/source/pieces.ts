import type { SyntaxNode } from '@lezer/common';
import type { SourceDocument } from './document';
import type { Piece, Plan } from './plan';
import type { Reading } from './reading';

/** Documents by number, as the pieces name them. */
export class Documents {
  readonly all: SourceDocument[] = [];

  numberOf(document: SourceDocument): number {
    const known = this.all.findIndex(({ file }) => file === document.file);
    return known >= 0 ? known : this.all.push(document) - 1;
  }
}

/** All of a reading, but for some statements. */
export function wholePiece(
  { block, lines, source }: Reading,
  documents: Documents,
  without: readonly SyntaxNode[] = [],
): Piece {
  let text = source.text;
  for (const { from, to } of without) {
    const gone = text.slice(from, to);
    // A statement has to stay, or a line with several would begin with a semicolon.
    text = `${text.slice(0, from)}pass${gone.slice(4).replace(/[^\n]/g, ' ')}${text.slice(to)}`;
  }
  return {
    document: documents.numberOf(block.document),
    text,
    lines: lines.map(({ line }) => line),
    shifts: lines.map(({ shift }) => shift),
  };
}

/** Only these statements of a reading, in order. */
export function partPiece(
  { block, lines, source }: Reading,
  documents: Documents,
  nodes: readonly SyntaxNode[],
): Piece {
  const texts: string[] = [];
  const numbers: number[] = [];
  const shifts: number[] = [];
  for (const node of [...nodes].sort((a, b) => a.from - b.from)) {
    const first = source.place(node.from);
    const end = source.text.slice(0, node.to).trimEnd().length;
    // A comment behind it may direct it.
    const [comment = ''] = /^[ \t]*#[^\n]*/.exec(source.text.slice(end)) ?? [];
    const text = (source.text.slice(node.from, end) + comment).split('\n');
    text.forEach((part, i) => {
      const line = lines[first.line - 1 + i];
      texts.push(part);
      numbers.push(line.line);
      shifts.push(line.shift + (i === 0 ? first.column : 0));
    });
  }
  return { document: documents.numberOf(block.document), text: `${texts.join('\n')}\n`, lines: numbers, shifts };
}

/** A whole reading unchanged, for text that is in no file. */
export function asPieces(reading: Reading): Extract<Plan, { kind: 'pieces' }> {
  const documents = new Documents();
  const pieces = [wholePiece(reading, documents)];
  return {
    kind: 'pieces',
    documents: documents.all,
    imports: [],
    pieces,
    entry: { kind: 'written' },
    notes: reading.notes,
  };
}
