import { window } from 'vscode';
import { blocksOf } from '../documents/documents';
import { t } from '../words/translate';
import type { Target } from './target';

/** The function at the cursor. Undefined: there is none, and the user was told. */
export async function functionTarget(): Promise<Target | undefined> {
  const editor = window.activeTextEditor;
  if (editor) {
    const { document, selection } = editor;
    const line = selection.active.line + 1;
    const [{ functionAt }, { kind, blocks, home }] = await Promise.all([
      import('../documents/parsers'),
      blocksOf(document),
    ]);
    const readings = blocks.all.map((read) => read());
    const around = kind === 'notebook' ? readings.slice(home, home + 1) : readings;
    for (const reading of around) {
      const name = functionAt(reading, line);
      if (name !== undefined) return { document, line, function: name };
    }
  }
  window.showInformationMessage(t('Put the cursor in the function that should run.'));
  return undefined;
}
