import { Selection, type TextDocumentContentChangeEvent } from 'vscode';
import type { Origin } from './target';

/** The position of what was run, after an edit of its document. */
export function movedOrigin(origin: Origin, changes: readonly TextDocumentContentChangeEvent[]): Origin {
  let { line, selection } = origin.target;
  for (const { range, text } of changes) {
    const more = text.split('\n').length - 1 - (range.end.line - range.start.line);
    if (more === 0) continue;
    if (line !== undefined && range.end.line < line - 1) line += more;
    if (selection && range.end.line < selection.start.line) selection = shifted(selection, more, more);
    else if (selection && range.start.line <= selection.end.line) selection = shifted(selection, 0, more);
  }
  const { target } = origin;
  return line === target.line && selection === target.selection
    ? origin
    : { ...origin, target: { ...target, line, selection } };
}

function shifted({ start, end }: Selection, first: number, last: number): Selection {
  const begin = start.translate(first);
  const over = end.line + last < begin.line ? begin : end.translate(last);
  return new Selection(begin, over);
}
