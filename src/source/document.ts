/** A text that people see: a file, a note, a cell of a notebook. */
export interface SourceDocument {
  /** What frames of its code say. */
  readonly file: string;
  readonly text: string;
}

/** A line of code, and its place in the document. */
export interface CodeLine {
  readonly text: string;
  /** Line of the document, from 1. */
  readonly line: number;
  /** Characters of the document's line that stand before the code's column 0. */
  readonly shift: number;
}

export type BlockKind = 'file' | 'fence' | 'cell' | 'selection';

/** A stretch of a document that is one program, or part of one. */
export interface Block {
  readonly kind: BlockKind;
  /** From 1, among the blocks that are seen together. */
  readonly number: number;
  readonly document: SourceDocument;
  /** Where it begins and ends as people see it: with its fences. */
  readonly first: number;
  readonly last: number;
  /** It says that it is Python. */
  readonly declared: boolean;
  readonly lines: readonly CodeLine[];
}

export function textOf(lines: readonly CodeLine[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** The lines of a text as they stand, from line `first`. */
export function plainLines(text: string, first = 1): CodeLine[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => ({ text: line, line: first + i, shift: 0 }));
}

export function wholeFile(document: SourceDocument): Block {
  const lines = plainLines(document.text);
  const last = Math.max(1, lines.length);
  return { kind: 'file', number: 0, document, first: 1, last, declared: true, lines };
}

/** Lines `first` to `last` of a document. */
export function selection(document: SourceDocument, first: number, last: number): Block {
  const lines = plainLines(document.text).slice(first - 1, last);
  return { kind: 'selection', number: 0, document, first, last, declared: true, lines };
}
