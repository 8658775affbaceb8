import { commands, type Disposable, type TextDocument, window, workspace } from 'vscode';

/** Cheap tests of the text: does a note have asynchronous Python in it? */
const PYTHON = /^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(?:`{3,}|~{3,})\s*\{?\.?(?:python|py|ipython|pycon)/im;
const ASYNC = /\b(async|await|asyncio)\b/;

/** Sets the context key for notes: whether the active editor is one with asynchronous Python in it. */
export function noteContext(): Disposable {
  let shown: boolean | undefined;
  const set = (document: TextDocument | undefined) => {
    const text = document?.languageId === 'markdown' ? document.getText() : '';
    const now = ASYNC.test(text) && PYTHON.test(text);
    if (now === shown) return;
    shown = now;
    commands.executeCommand('setContext', 'coroscope.asyncNote', now);
  };
  set(window.activeTextEditor?.document);
  const subscriptions = [
    window.onDidChangeActiveTextEditor((editor) => set(editor?.document)),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document === window.activeTextEditor?.document && document.languageId === 'markdown') set(document);
    }),
  ];
  return { dispose: () => subscriptions.forEach((each) => void each.dispose()) };
}
