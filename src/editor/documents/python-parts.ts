import { Position, Range, type TextDocument } from 'vscode';
import type { Place, Range as SourceRange } from '../../core/explain/explain';

/** A part of a document that is Python. `text` has the same line numbers as the document: lines before the part are blank. */
export interface PythonPart {
  readonly text: string;
  /** Offset in `text` → place in the document. */
  position(offset: number): Position;
  range(range: SourceRange): Range;
  /** Place in the document → place in `text`; undefined outside of the part. */
  place(position: Position): Place | undefined;
  /** Columns, too, are those of the document. */
  readonly plain: boolean;
}

/** The whole of a Python file, the fenced blocks of a note. */
export async function pythonParts(document: TextDocument): Promise<PythonPart[]> {
  const whole = document.getText();
  const isCell = document.uri.scheme === 'vscode-notebook-cell';
  if (document.languageId !== 'markdown' && !isCell) return [part(document, whole, () => 0)];
  const { cellBlock, markdownBlocks } = await import('./parsers');
  if (isCell) {
    // Lines for the notebook (`%timeit`, `!pip`) are blank.
    const { lines } = cellBlock('', 1, whole);
    return [part(document, lines.map(({ text }) => text).join('\n'), () => 0)];
  }
  return markdownBlocks({ file: '', text: whole }).flatMap(({ lines }) => {
    if (lines.length === 0) return [];
    const first = lines[0].line;
    const text = '\n'.repeat(first - 1) + lines.map((line) => line.text).join('\n');
    return [part(document, text, (line) => lines[line - first]?.shift)];
  });
}

/** @param shift characters that the document has before a line's column 0; undefined: the line does not belong to the part */
function part(document: TextDocument, text: string, shift: (line: number) => number | undefined): PythonPart {
  const at = ({ line, column }: Place) =>
    document.validatePosition(new Position(line - 1, column + (shift(line) ?? 0)));
  return {
    text,
    position(offset) {
      const before = text.slice(0, offset);
      return at({ line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) });
    },
    range: ({ start, end }) => new Range(at(start), at(end)),
    place({ line, character }) {
      const moved = shift(line + 1);
      return moved === undefined || character < moved ? undefined : { line: line + 1, column: character - moved };
    },
    plain: !text.split('\n').some((_, i) => (shift(i + 1) ?? 0) > 0),
  };
}
