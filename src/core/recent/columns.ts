import { type Ink, Line } from '../text/canvas';
import type { Symbols } from '../text/symbols';
import { columnsOf, cut } from '../text/width';

export interface Cell {
  readonly text: string;
  readonly ink?: Ink;
  /** Stands faint behind the text, and stays whole when that is cut. */
  readonly more?: string;
}

const GAP = 2;
/** A name is not cut further than this: columns of numbers go first. */
const LEAST_NAME = 20;

/** A heading and rows: the first column at the left, as wide as there is room for, the others at the right of it under their headings. */
export function tableLines(
  title: readonly Cell[],
  rows: readonly (readonly Cell[])[],
  width: number,
  symbols: Symbols,
): Line[] {
  const all = [title, ...rows];
  const widths = title.slice(1).map((_, i) => Math.max(...all.map((row) => columnsOf(row[i + 1]?.text ?? ''))));
  // A row may have more columns than there are headings.
  for (let i = title.length; all.some((row) => row.length > i); i++)
    widths.push(Math.max(...all.map((row) => columnsOf(row[i]?.text ?? ''))));
  while (widths.length > 0 && width - taken(widths) < LEAST_NAME) widths.pop();
  const room = Math.max(1, width - taken(widths));
  const names = Math.min(room, Math.max(LEAST_NAME, ...all.map((row, i) => nameColumns(row[0], i > 0))));
  return all.map((row, i) => {
    const line = new Line();
    putName(line, row[0], i === 0, names, symbols);
    let at = names;
    widths.forEach((columns, column) => {
      at += GAP + columns;
      const cell = row[column + 1];
      if (cell) line.put(at - columnsOf(cell.text), cell.text, i === 0 ? 'faint' : (cell.ink ?? 'plain'));
    });
    return line;
  });
}

const INDENT = 2;

function taken(widths: readonly number[]): number {
  return widths.reduce((sum, columns) => sum + GAP + columns, 0);
}

function nameColumns({ text, more }: Cell, indented: boolean): number {
  return (indented ? INDENT : 0) + columnsOf(text) + (more === undefined ? 0 : GAP + columnsOf(more));
}

function putName(line: Line, { text, more, ink }: Cell, isHead: boolean, room: number, { ellipsis }: Symbols): void {
  const from = isHead ? 0 : INDENT;
  const behind = more === undefined ? 0 : GAP + columnsOf(more);
  // The place is what one looks for; where there is no room for both it goes.
  const both = room - from - behind >= Math.min(columnsOf(text), LEAST_NAME / 2);
  const at = line.put(
    from,
    cut(text, room - from - (both ? behind : 0), ellipsis),
    isHead ? 'strong' : (ink ?? 'plain'),
  );
  if (more !== undefined && both) line.put(at + GAP, more, 'faint');
}
