import { number, object, optional, safeParse, string } from 'valibot';
import { commands, type Selection, type TextDocument, type TextEditor, Uri, window, workspace } from 'vscode';
import type { Way } from '../../source/alternatives';
import type { Wish } from '../../source/make-plan';
import type { Plan } from '../../source/plan';
import type { Reading } from '../../source/reading';
import { blocksOf } from '../documents/documents';
import { codeCells } from '../documents/paths';
import { host } from '../host/host';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { CallQuestions } from './call-questions';
import type { LaunchOptions } from './launch-options';

/** What a code lens asks for: the argument of its command. */
const LensTarget = object({
  uri: string(),
  line: optional(number()),
  function: optional(string()),
  way: optional(number()),
});

/** A part of a document to run. */
export interface Target {
  readonly document: TextDocument;
  /** From 1; where in the document. */
  readonly line?: number;
  readonly selection?: Selection;
  readonly function?: string;
  /** Which of several alternatives in a block, from 1. */
  readonly way?: number;
}

/** A target with the answers of the user: enough to run it again without asking. */
export interface Origin {
  readonly target: Target;
  readonly wish: Wish | undefined;
  /** What the launch configuration asked for that started it. */
  readonly launch?: LaunchOptions | undefined;
}

/** A plan that can be carried out. */
export type Runnable = Exclude<Plan, { kind: 'ask' | 'refused' | 'ways' }>;

/**
 * The target of a command: what was clicked (a file, a lens, a cell), else the active editor, else `last`, the last run.
 * A trace names its program, too, but that path is untrusted: never run it.
 */
export async function targetOf(clicked: unknown, last: Target | undefined): Promise<Target | undefined> {
  const lens = safeParse(LensTarget, clicked);
  if (lens.success && !(clicked instanceof Uri)) {
    const document = await opened(Uri.parse(lens.output.uri));
    const { line, function: name, way } = lens.output;
    return document && { document, line, function: name, way };
  }
  const cell = (clicked as { document?: TextDocument; notebook?: unknown } | undefined)?.notebook ? clicked : undefined;
  if (cell) return { document: (cell as { document: TextDocument }).document };
  const editor = active();
  if (clicked instanceof Uri && clicked.toString() !== editor?.document.uri.toString()) {
    const document = await opened(clicked);
    return document && { document };
  }
  if (editor) {
    const { document, selection } = editor;
    const isPart = !selection.isEmpty && document.getText(selection).trim() !== '';
    return { document, line: selection.active.line + 1, ...(isPart ? { selection } : {}) };
  }
  if (last) return targetAgain(last);
  const sample = t('Open a Sample');
  const message = t('Open a Python file, a note with Python in it or a notebook first, then visualize it.');
  if ((await window.showInformationMessage(message, sample)) === sample)
    await commands.executeCommand('coroscope.openSample');
  return undefined;
}

/** The same part of the same document, opened again if it was closed. */
export async function targetAgain(target: Target): Promise<Target | undefined> {
  if (!target.document.isClosed) return target;
  const document = await opened(target.document.uri);
  return document && { ...target, document };
}

const languages = new Set(['python', 'markdown']);

function active(): TextEditor | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  return editors.find((editor) => editor && languages.has(editor.document.languageId));
}

async function opened(uri: Uri): Promise<TextDocument | undefined> {
  try {
    // A cell is a document of its own, under the path of its notebook.
    const known = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (known) return known;
    if (!uri.path.endsWith('.ipynb')) return await workspace.openTextDocument(uri);
    const cells = codeCells(await workspace.openNotebookDocument(uri));
    const cursor = window.activeTextEditor?.document;
    return cells.find((cell) => cell === cursor) ?? cells[0];
  } catch {
    window.showErrorMessage(noticeText(t('{0} cannot be read as text.', host().paths.of(uri))));
    return undefined;
  }
}

/**
 * Plans the run of a target, and asks the user if needed. Undefined: nothing to run, and the user was told; or the user cancelled.
 * @param refused called with the reason if the target cannot run
 */
export async function planFor(
  target: Target,
  questions: CallQuestions,
  refused: (why: string, origin: Origin) => void,
): Promise<{ readonly plan: Runnable; readonly origin: Origin } | undefined> {
  const make = await planner(target, pick);
  if (!make) return undefined;
  let wish = wishOf(target);
  let plan = make(wish);
  if (plan.kind === 'ways') {
    const way = await pickWay(plan.ways);
    if (way === undefined) return undefined;
    wish = { way };
    plan = make(wish);
  }
  if (plan.kind === 'ask') {
    const call = await questions.call(target.document.uri.toString(), plan.candidates);
    if (call === undefined) return undefined;
    wish = { call };
    plan = make(wish);
  }
  if (plan.kind === 'refused') {
    const { refusalText } = await import('../documents/parsers');
    // It is shown as plain text.
    refused(refusalText(plan.why, t).replaceAll('`', "'"), { target, wish });
    return undefined;
  }
  return plan.kind === 'ask' || plan.kind === 'ways' ? undefined : { plan, origin: { target, wish } };
}

function wishOf({ function: name, way }: Target): Wish | undefined {
  if (name !== undefined) return { function: name };
  return way === undefined ? undefined : { way };
}

/** Asks which alternative to run in a block that shows several ways to do the same. */
async function pickWay(ways: readonly Way[]): Promise<number | undefined> {
  const items = ways.map(({ number, line, code }) => ({ label: code, description: t('line {0}', line), number }));
  const title = t('This block shows {0} ways to do the same thing. Which one should run?', ways.length);
  return (await window.showQuickPick(items, { title }))?.number;
}

/** Plans the same with the current text, without asking. Undefined: it does not exist any more. */
export async function planAgain({ target, wish }: Origin): Promise<Plan | undefined> {
  const make = await planner(target, async () => undefined);
  return make?.(wish);
}

async function planner(
  target: Target,
  choose: (readings: readonly Reading[]) => Promise<number | undefined>,
): Promise<((wish?: Wish) => Plan) | undefined> {
  const { document, line, selection } = target;
  const { kind, blocks, home } = await blocksOf(document);
  if (selection && target.function === undefined) {
    const part = await partOf(
      blocks.all.map((read) => read()),
      selection,
    );
    if (part) return (wish) => blocks.planPart(part, wish);
  }
  if (kind === 'file') return (wish) => blocks.plan(0, wish);
  if (kind === 'notebook') return (wish) => blocks.plan(Math.max(0, home), wish);
  const at = blocks.all.findIndex((read) => line !== undefined && contains(read(), line));
  const index = at >= 0 ? at : await choose(blocks.all.map((read) => read()));
  return index === undefined ? undefined : (wish) => blocks.plan(index, wish);
}

function contains({ block }: Reading, line: number): boolean {
  return block.first <= line && line <= block.last;
}

/** The lines of a block that are selected, whole. */
async function partOf(readings: readonly Reading[], { start, end }: Selection) {
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const within = readings
    .map(({ block }) => block)
    .find((block) => block.lines.some((each) => start.line + 1 <= each.line && each.line <= last));
  if (!within) return undefined;
  const lines = within.lines.filter(({ line }) => start.line + 1 <= line && line <= last);
  return { ...within, kind: 'selection' as const, number: 0, first: start.line + 1, last, lines };
}

/** Asks which block of a note to run, for a cursor outside of all blocks. */
async function pick(readings: readonly Reading[]): Promise<number | undefined> {
  const { firstCode } = await import('../documents/parsers');
  if (readings.length === 0) {
    window.showInformationMessage(t('There is no block of Python in this note.'));
    return undefined;
  }
  if (readings.length === 1) return 0;
  const items = readings.map((reading, index) => ({
    label: firstCode(reading),
    description: t('block {0}, line {1}', index + 1, reading.block.first),
    index,
  }));
  return (await window.showQuickPick(items, { title: t('Which block should run?'), matchOnDescription: true }))?.index;
}
