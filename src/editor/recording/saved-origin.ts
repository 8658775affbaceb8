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
 * What is to be run again after the window was reloaded. Nothing if it is not there any more, or if it is a part of a document that is
 * not what it was: nobody has followed where that stands now.
 */
export async function originKept(kept: SavedOrigin, source: string | undefined): Promise<Origin | undefined> {
  const uri = Uri.parse(kept.uri);
  // Cells come with their notebook, under paths that change.
  if (uri.scheme !== 'file') return undefined;
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
