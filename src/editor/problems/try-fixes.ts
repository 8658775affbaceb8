import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  languages,
  type TextDocument,
} from 'vscode';
import { isRewritten, type RewrittenKind } from '../../core/tried/kinds';
import { t } from '../words/translate';

/** Computes the change; loaded when a finding first offers one. */
const rewrites = () => import('../../source/shapes/rewrites');

/** A quick fix that tries a change, for findings that a change in one place would fix. */
export function tryFixes(): Disposable {
  return languages.registerCodeActionsProvider({ language: 'python' }, new TryFixes(), {
    providedCodeActionKinds: [CodeActionKind.QuickFix],
  });
}

class TryFixes implements CodeActionProvider {
  async provideCodeActions(
    document: TextDocument,
    _range: unknown,
    { diagnostics }: { readonly diagnostics: readonly Diagnostic[] },
  ): Promise<CodeAction[]> {
    const own = diagnostics.filter(
      (each): each is Diagnostic & { kind: RewrittenKind } =>
        each.source === 'Coroscope' && 'kind' in each && isRewritten(String(each.kind)),
    );
    if (own.length === 0 || document.uri.scheme === 'vscode-notebook-cell') return [];
    const { rewriteAt } = await rewrites();
    return own.flatMap((diagnostic) => {
      const line = diagnostic.range.start.line + 1;
      const edit = rewriteAt(document.getText(), diagnostic.kind, line);
      if (!edit) return [];
      const title = titleOf(diagnostic.kind, edit.needsThreads === true);
      const action = new CodeAction(title, CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      action.command = { command: 'coroscope.tryChange', title, arguments: [{ kind: diagnostic.kind, line }] };
      return [action];
    });
  }
}

function titleOf(kind: RewrittenKind, inThread: boolean): string {
  switch (kind) {
    case 'blocking':
      return inThread ? t('Try running this call in a thread') : t('Try await asyncio.sleep() here');
    case 'never-awaited':
      return t('Try await here');
    case 'sequential-awaits':
      return t('Try awaiting these calls together');
  }
}
