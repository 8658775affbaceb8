import { Selection, Uri, workspace } from 'vscode';
import type { Origin } from '../program/target';
import type { SavedOrigin } from './saved-recording';

export function savedOrigin({ target, wish }: Origin): SavedOrigin {
  const { document, line, selection, function: name } = target;
  const ends = selection && [selection.anchor, selection.active];
  return {
    uri: document.uri.toString(),
    line,
    selection: ends?.flatMap((end) => [end.line, end.character]),
    function: name,
    wish,
  };
}

/**
 * What to run again after a window reload. Undefined if it is gone, or if it is a part of a document that
 * has changed: its new position is unknown.
 */
export async function originKept(kept: SavedOrigin, source: string | undefined): Promise<Origin | undefined> {
  const uri = Uri.parse(kept.uri);
  // Cells are found through their notebook, since their URIs change.
  if (uri.scheme === 'vscode-notebook-cell' || uri.scheme === 'untitled') return undefined;
  try {
    const document = await workspace.openTextDocument(uri);
    const isPart = kept.selection !== undefined || document.languageId !== 'python';
    if (isPart && document.getText() !== source) return undefined;
    const [line, character, endLine, endCharacter] = kept.selection ?? [];
    const selection = kept.selection?.length === 4 ? new Selection(line, character, endLine, endCharacter) : undefined;
    return { target: { document, line: kept.line, selection, function: kept.function }, wish: kept.wish };
  } catch {
    return undefined;
  }
}
