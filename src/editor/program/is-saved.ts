import { type Uri, workspace } from 'vscode';

/**
 * Whether a file on the disk has this text. A document that was edited while it was being saved counts as saved in VS Code until its next
 * edit, though the disk has the earlier text: Python would run that, not what the editor shows.
 */
export async function isSaved(uri: Uri, source: string): Promise<boolean> {
  let bytes: Uint8Array;
  try {
    bytes = await workspace.fs.readFile(uri);
  } catch {
    return false;
  }
  try {
    return plain(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) === plain(source);
  } catch {
    // The file declares another encoding: only Python knows how to read it.
    return true;
  }
}

const plain = (text: string): string => text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
