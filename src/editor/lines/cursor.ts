import { Disposable, type TextEditor, window } from 'vscode';
import type { HostMessage } from '../../core/protocol/messages';
import { canRun, type SiteRuns } from './site-runs';

/** Long enough not to follow each key of a held-down arrow. */
const SETTLE_MS = 80;
/** In no file: nothing is lit. */
const NOWHERE = { file: '', line: 0 };

/** Tells the views where the cursor stands in what was recorded: in any of its files, wherever edits have moved its lines. */
export function followCursor(runs: SiteRuns, send: (message: HostMessage) => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let told = NOWHERE;
  let asked = 0;
  const tell = async ({ document, selection }: TextEditor) => {
    const own = ++asked;
    const place = (await runs.lineAt(document, selection.active)) ?? NOWHERE;
    // A file that has to be read from the disk answers late: by then the cursor may be elsewhere.
    if (own !== asked) return;
    if (place.file === told.file && place.line === told.line) return;
    told = place;
    send({ type: 'cursor', ...place });
  };
  const soon = (editor: TextEditor | undefined) => {
    // The panel has the focus, or the output: what is lit stays lit.
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
