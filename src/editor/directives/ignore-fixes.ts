import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  languages,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { ProblemKind } from '../../core/findings/findings';
import { pythonParts } from '../documents/python-parts';
import { t } from '../words/translate';

const PYTHON = [{ language: 'python' }, { language: 'markdown' }];

/** A quick fix for each problem of a run: write the comment that ignores it. */
export function ignoreFixes(): Disposable {
  return languages.registerCodeActionsProvider(PYTHON, new IgnoreFixes(), {
    providedCodeActionKinds: [CodeActionKind.QuickFix],
  });
}

class IgnoreFixes implements CodeActionProvider {
  async provideCodeActions(
    document: TextDocument,
    _range: unknown,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): Promise<CodeAction[]> {
    // Diagnostics of other extensions have no kind of ours.
    const own = diagnostics.filter(
      (each): each is Diagnostic & { kind: ProblemKind } => each.source === 'Coroscope' && 'kind' in each,
    );
    if (own.length === 0) return [];
    const { ignoreEdit } = await import('./directive-parts');
    const parts = await pythonParts(document);
    return own.flatMap((diagnostic) => {
      const part = parts.find((each) => each.place(diagnostic.range.start));
      const line = part?.place(diagnostic.range.start)?.line;
      const edit = part && line !== undefined ? ignoreEdit(part.text, line, diagnostic.kind) : undefined;
      if (!part || !edit) return [];
      const action = new CodeAction(t('Ignore {0} on this line', diagnostic.kind), CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.edit = new WorkspaceEdit();
      const at = part.position(edit.at);
      // After a comment on a line of its own, repeat the indentation.
      const start = edit.insert.endsWith('\n') ? document.lineAt(at).text.slice(0, at.character) : '';
      action.edit.insert(document.uri, at, edit.insert + start);
      return [action];
    });
  }
}
