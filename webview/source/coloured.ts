import { colourNames, type SourceText } from '../../src/core/protocol/source-text';

/** A stretch of a line in one colour; `name` is empty for plain text. */
export interface Stretch {
  readonly text: string;
  readonly name: string;
}

/** The lines of a file, cut where the colour changes. */
export function colouredLines(text: string, colours: SourceText['colours']): Stretch[][] {
  const lines: Stretch[][] = [[]];
  const put = (part: string, name: string) => {
    part.split('\n').forEach((piece, i) => {
      if (i > 0) lines.push([]);
      const shown = piece.replace(/\r$/, '');
      if (shown !== '') lines[lines.length - 1].push({ text: shown, name });
    });
  };
  let at = 0;
  for (let i = 0; i + 2 < colours.length; i += 3) {
    const from = at + colours[i];
    put(text.slice(at, from), '');
    at = from + colours[i + 1];
    put(text.slice(from, at), colourNames[colours[i + 2]] ?? '');
  }
  put(text.slice(at), '');
  if (lines.length > 1 && lines[lines.length - 1].length === 0) lines.pop();
  return lines;
}
