import { type Disposable, window } from 'vscode';
import type { HostMessage } from '../core/messages';
import { sameFile } from '../core/same-file';
import { pathOf } from './program';
import type { Recorded } from './recording';

/** Long enough not to follow each key of a held-down arrow. */
const SETTLE_MS = 80;

/** Tells the views where the cursor stands in the recorded program. */
export function followCursor(recorded: Recorded, send: (message: HostMessage) => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const selections = window.onDidChangeTextEditorSelection(({ textEditor, selections: [selection] }) => {
    const { file, trace } = recorded.current;
    const path = pathOf(textEditor.document);
    if (!trace || !sameFile(path, file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => send({ type: 'cursor', file, line: selection.active.line + 1 }), SETTLE_MS);
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      selections.dispose();
    },
  };
}
