import { window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import type { Change } from '../../core/trace/change';
import { changeText } from '../../core/words/changes';
import type { Settled } from '../../source/changed-waits';
import type { Program } from '../program/program';
import type { Origin } from '../program/target';
import { loadReader, type Recorded, type Recording } from '../recording/recording';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';

/** The changes of the current run. */
export async function changesOf(recorded: Recorded): Promise<readonly Change[]> {
  const { whatIf, status } = recorded.current;
  if (whatIf) return whatIf;
  if (status.state !== 'done') return [];
  // Restored after a window reload.
  await loadReader();
  try {
    return (recorded.timeline()?.meta.whatIf ?? []).filter((change) => change !== undefined);
  } catch {
    return [];
  }
}

/** The changes that the next run takes over from the one before, if it is of the same program. */
export async function carried(recorded: Recorded, program: Program): Promise<Settled> {
  const { origin, source } = recorded.current;
  if (!origin || !program.origin || !isSame(origin, program.origin)) return { kept: [], lost: [] };
  return settle(await changesOf(recorded), source, program);
}

/** @param before the text that the changes refer to */
export async function settle(
  changes: readonly Change[],
  before: Recording['source'],
  { file, source }: Pick<Program, 'file' | 'source'>,
): Promise<Settled> {
  if (changes.length === 0 || before === undefined || before === source) return { kept: changes, lost: [] };
  const { settled } = await import('../../source/changed-waits');
  return settled(changes, file, before, source);
}

/** In live mode a notification would be in the way. */
export function sayLost(lost: readonly Change[], file: string, quietly = false): void {
  if (lost.length === 0) return;
  const which = lost.map((change) => changeText(change, t)).join('; ');
  const text = t('What if {0}: that line of {1} has changed, so the what-if was dropped.', which, baseName(file));
  if (quietly) window.setStatusBarMessage(`$(info) ${text}`, 8000);
  else window.showInformationMessage(noticeText(text));
}

/** Blocks of notes and cells are identified by their position, and nothing keeps track of it across edits. */
function isSame(one: Origin, other: Origin): boolean {
  const [a, b] = [one.target, other.target];
  if (a === b) return true;
  const isFile = a.document.languageId === 'python' && a.document.uri.scheme !== 'vscode-notebook-cell';
  return isFile && !a.selection && !b.selection && a.document === b.document && a.function === b.function;
}
