import { type Uri, window, workspace } from 'vscode';
import type { PiecesOrder } from '../../source/plan';
import { notebookOf, pathOf } from '../documents/paths';
import { host } from '../host/host';
import { t } from '../words/translate';
import type { CallQuestions } from './call-questions';
import type { LaunchOptions } from './launch-options';
import { type Origin, planAgain, planFor, type Runnable, type Target } from './target';

export { pathOf } from '../documents/paths';

/** A program to run: a file, with its text if that differs from the disk, or pieces of documents. */
export interface Program {
  readonly uri: Uri;
  readonly file: string;
  /** What it is called, if not by its file. */
  readonly title?: string | undefined;
  /** The text in the editor, saved or not. */
  readonly source: string;
  readonly unsaved: boolean;
  readonly folder: string;
  readonly pieces?: PiecesOrder;
  /** Undefined: a module that a launch configuration names. */
  readonly origin: Origin | undefined;
  /** What a launch configuration asks for. */
  readonly launch?: LaunchOptions | undefined;
}

/** Turns a target into a program. Undefined: that failed and the user was told, or the user cancelled. */
export async function programOf(
  target: Target,
  questions: CallQuestions,
  refused: Parameters<typeof planFor>[2],
): Promise<Program | undefined> {
  const planned = await planFor(target, questions, refused);
  return planned && programFrom(planned.plan, planned.origin);
}

/** The last program with its current text. Undefined: it is gone or has changed too much, and the user was told. */
export async function programAgain(origin: Origin): Promise<Program | undefined> {
  const plan = origin.launch ? ({ kind: 'file' } as const) : await planAgain(origin);
  if (plan && (plan.kind === 'file' || plan.kind === 'pieces')) return programFrom(plan, origin);
  window.showInformationMessage(
    plan
      ? t('Coroscope can no longer tell what to run. Run it once yourself.')
      : t('The block that was run no longer exists.'),
  );
  return undefined;
}

/** Turns a plan into a program. */
export function programFrom(plan: Runnable, origin: Origin): Program {
  const { document } = origin.target;
  const { uri } = document;
  const { paths } = host();
  const file = pathOf(document);
  const home = paths.dirname(file);
  const root = workspace.getWorkspaceFolder(uri);
  const folder = root ? paths.of(root.uri) : home;
  const unsaved = document.isDirty || document.isUntitled;
  const { launch } = origin;
  const program = { uri, file, source: document.getText(), unsaved, folder, origin, launch };
  // A launch runs the file as it is.
  if (plan.kind === 'file' || launch) return program;
  const { kind: _, ...order } = plan;
  const notebook = notebookOf(document);
  const shown = notebook ? paths.of(notebook.uri) : file;
  return { ...program, pieces: { program: shown, file: shown, folder: home, ...order } };
}
