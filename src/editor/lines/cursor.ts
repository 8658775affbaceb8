import { Disposable, type TextEditor, window } from 'vscode';
import type { HostMessage } from '../../core/protocol/messages';
import { canRun, type SiteRuns } from './site-runs';

/** Delay in milliseconds, so that a held arrow key is not followed line by line. */
const SETTLE_MS = 80;
/** No file: nothing is highlighted. */
const NOWHERE = { file: '', line: 0 };

/** Sends the position of the cursor to the views, in the files as they were recorded: lines may have moved since. */
export function followCursor(runs: SiteRuns, send: (message: HostMessage) => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = NOWHERE;
  let asked = 0;
  const tell = async ({ document, selection }: TextEditor) => {
    const own = ++asked;
    const place = (await runs.lineAt(document, selection.active)) ?? NOWHERE;
    // Reading a file from disk takes time: the cursor may have moved on.
    if (own !== asked) return;
    if (place.file === told.file && place.line === told.line) return;
    told = place;
    send({ type: 'cursor', ...place });
  };
  const soon = (editor: TextEditor | undefined) => {
    // The panel or the output has the focus: keep the highlight.
    if (!editor || !canRun(editor.document)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void tell(editor), SETTLE_MS);
  };
  return Disposable.from(
    window.onDidChangeTextEditorSelection(({ textEditor }) => soon(textEditor)),
    window.onDidChangeActiveTextEditor(soon),
    runs.onDidChange(() => {
      told = NOWHERE;
      soon(window.activeTextEditor);
    }),
    { dispose: () => clearTimeout(timer) },
  );
}
