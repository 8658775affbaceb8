import { Range, WorkspaceEdit, window, workspace } from 'vscode';
import { userSite } from '../../core/places/chain';
import { sameFile } from '../../core/places/same-file';
import { readTimeline } from '../../core/timeline/build';
import { isRewritten, type RewrittenKind } from '../../core/tried/kinds';
import { triedOf } from '../../core/tried/tried';
import { triedText } from '../../core/tried/words';
import { rewriteAt, rewritten, type TextEdit } from '../../source/shapes/rewrites';
import { type Program, programAgain } from '../program/program';
import type { Recorded } from '../recording/recording';
import { cannotRun } from '../timeline/trace-editor';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { Parts } from './parts';

/** Runs the program with the change that a finding asks for, shows both runs on one axis, and offers to write the change. */
export async function tryChange({ recorded, runs, panel }: Parts, asked: unknown): Promise<void> {
  const { origin, source } = recorded.current;
  const place = placeOf(recorded, asked);
  if (!place) return;
  if (!origin) {
    cannotRun();
    return;
  }
  const program = await programAgain(origin);
  if (!program) return;
  const meta = recorded.timeline()?.meta;
  const edit = editOf(program, source, place, meta?.python);
  if (typeof edit === 'string') {
    window.showInformationMessage(noticeText(edit));
    return;
  }
  if (edit.needsThreads && meta?.engine === 'embedded') {
    window.showInformationMessage(
      noticeText(
        t(
          'This change needs threads, which the embedded Python does not have. Run the program with an interpreter first.',
        ),
      ),
    );
    return;
  }
  panel.show();
  const changed = rewritten(program.source, edit);
  const tried = await runs.tryChange(program, changed);
  if (!tried) return;
  const apply = t('Apply the Change');
  const text = triedText(triedOf(readTimeline(tried.before), readTimeline(tried.after)), t);
  if ((await window.showInformationMessage(noticeText(text), apply)) === apply) await write(program, edit);
}

interface Place {
  readonly kind: RewrittenKind;
  readonly file: string;
  readonly line: number;
}

/** From a finding in the list, or from a quick fix. Validated: commands can be called with any arguments. */
function placeOf(recorded: Recorded, asked: unknown): Place | undefined {
  if (typeof asked !== 'object' || asked === null || !('kind' in asked) || !isRewritten(String(asked.kind)))
    return undefined;
  const kind = asked.kind as RewrittenKind;
  if ('line' in asked && typeof asked.line === 'number') return { kind, file: recorded.current.file, line: asked.line };
  const timeline = recorded.timeline();
  const site = timeline && 'site' in asked ? userSite(timeline, Number(asked.site)) : undefined;
  return site && { kind, file: site.code.file, line: site.line };
}

/** @returns why there is none, for the user */
function editOf(
  { source, file, pieces }: Program,
  ran: string | undefined,
  place: Place,
  python?: string,
): TextEdit | string {
  if (pieces || !sameFile(place.file, file)) return t('A change can be tried only in the Python file that was run.');
  if (source !== ran) return t('The file has changed since it ran. Run it again, then try the change.');
  return (
    rewriteAt(source, place.kind, place.line, python === undefined ? {} : { python }) ??
    t('Coroscope cannot write a safe change for line {0}. The finding says what to write.', place.line)
  );
}

async function write({ uri, source }: Program, { from, to, insert }: TextEdit): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  if (document.getText() !== source) {
    window.showInformationMessage(t('The file has changed since it ran. Run it again, then try the change.'));
    return;
  }
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(from), document.positionAt(to)), insert);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document);
}
