import { commands, window } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { baseName } from '../../core/places/base-name';
import { TraceError } from '../../core/trace/trace-error';
import type { Actions } from '../contributions/registered';
import { host } from '../host/host';
import { isStored, loadReader, type Recorded, type RecordedTrace } from '../recording/recording';
import { noticeText } from '../words/notice';
import { offerToOpen } from '../words/offer-to-open';
import { t } from '../words/translate';
import type { historyCommandNames } from './command-names';
import { compare } from './compare';
import { compareInTimeline, compareWithPrevious } from './compare-in-timeline';
import type { History } from './history';
import type { HistoryParts } from './history-parts';
import { runDescription, runName } from './run-words';

/** Commands of the history. */
export function historyCommands(parts: HistoryParts): Actions<(typeof historyCommandNames)[number]> {
  const { history } = parts;
  return {
    openRun: async (clicked: unknown) => openRun(parts, await chosen(parts, clicked, t('Which run should be opened?'))),
    renameRun: async (clicked: unknown) => rename(history, (await selected(parts, clicked))[0]),
    deleteRun: async (clicked: unknown, all: unknown) => remove(history, await selected(parts, clicked, all)),
    deleteAllRuns: () => removeAll(history),
    saveRun: async (clicked: unknown) => save(history, (await selected(parts, clicked))[0]),
    compareRuns: async (clicked: unknown, all: unknown) => {
      const pair = await twoRuns(parts, await selected(parts, clicked, all));
      if (pair) await compareInTimeline(parts, pair, (run) => openRun(parts, run));
    },
    compareRunsAsText: async (clicked: unknown, all: unknown) => {
      const pair = await twoRuns(parts, await selected(parts, clicked, all));
      if (pair) await compare(parts.comparisons, history, pair);
    },
    compareWithPrevious: () => compareWithPrevious(parts),
  };
}

/** Opens a kept run as it was when it ended. @returns whether it is shown */
async function openRun({ history, recorded, panel }: HistoryParts, run: KeptRun | undefined): Promise<boolean> {
  if (!run) return false;
  if (recorded.current.status.state === 'running') {
    const cancel = t('Stop the Run');
    const chosen = await window.showInformationMessage(
      t('A program is running, and its timeline would replace the run that you want to open. Stop it first.'),
      cancel,
    );
    if (chosen !== cancel) return false;
    await cancelled(recorded);
  }
  let trace: RecordedTrace | undefined;
  try {
    trace = await history.open(run);
    const { readTimeline } = await loadReader();
    const timeline = readTimeline(trace);
    const { file, source, at = run.when, root, engine, reason } = run;
    const status = { state: 'done', program: baseName(file), engine, reason } as const;
    recorded.set({ status, trace, file, source, at, root }, timeline);
    panel.show();
    return true;
  } catch (error) {
    if (isStored(trace)) trace.close();
    const why = error instanceof TraceError ? error.told(t) : '';
    const drop = t('Delete Run');
    const said = t('{0} can no longer be opened: its file is missing or damaged.', runName(run));
    if ((await window.showErrorMessage(noticeText([said, why].filter(Boolean).join(' ')), drop)) === drop)
      await history.remove([run]);
    return false;
  }
}

/** Stops the running program, and waits for its record. */
async function cancelled(recorded: Recorded): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    const changes = recorded.onDidChange(({ status }) => {
      if (status.state === 'running') return;
      changes.dispose();
      resolve();
    });
  });
  if (recorded.current.status.state !== 'running') return;
  await commands.executeCommand('coroscope.cancel');
  await ended;
}

async function rename(history: History, run: KeptRun | undefined): Promise<void> {
  if (!run) return;
  const title = await window.showInputBox({
    title: t('Rename Run'),
    value: runName(run),
    prompt: t('Empty: the name of the program.'),
  });
  if (title !== undefined) await history.rename(run, title.trim() === baseName(run.file) ? '' : title.trim());
}

async function remove(history: History, runs: readonly KeptRun[]): Promise<void> {
  if (runs.length > 1) {
    const yes = t('Delete');
    const asked = await window.showWarningMessage(t('Delete {0} runs?', runs.length), { modal: true }, yes);
    if (asked !== yes) return;
  }
  if (runs.length === 0) return;
  const kept = await Promise.all(runs.map((run) => readable(history, run)));
  await history.remove(runs);
  void offerToUndo(
    history,
    kept.filter((each) => each !== undefined),
  );
}

type WithTrace = readonly [run: KeptRun, trace: Uint8Array];

/** @returns undefined for a run whose file is gone: it cannot be restored */
async function readable(history: History, run: KeptRun): Promise<WithTrace | undefined> {
  try {
    return [run, await history.read(run)];
  } catch {
    return undefined;
  }
}

/** Keeps the traces in memory until the message is closed, for undo. */
async function offerToUndo(history: History, gone: readonly WithTrace[]): Promise<void> {
  if (gone.length === 0) return;
  const text =
    gone.length === 1 ? t('The run {0} was deleted.', runName(gone[0][0])) : t('{0} runs were deleted.', gone.length);
  const undo = t('Undo');
  if ((await window.showInformationMessage(noticeText(text), undo)) === undo) await history.bringBack(gone);
}

async function removeAll(history: History): Promise<void> {
  const yes = t('Delete');
  const detail = t('Traces that you saved yourself are kept.');
  const asked = await window.showWarningMessage(t('Delete all saved runs?'), { modal: true, detail }, yes);
  if (asked === yes) await history.clear();
}

async function save(history: History, run: KeptRun | undefined): Promise<void> {
  if (!run) return;
  const near = run.file.replace(/(\.\w+)?(#\d+)?$/, '.coroscope');
  const filters = { [t('Coroscope traces')]: ['coroscope'] };
  const target = await window.showSaveDialog({ defaultUri: host().paths.uri(near), filters });
  if (!target) return;
  try {
    await history.copy(run, target);
    offerToOpen(target);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    window.showErrorMessage(noticeText(t('{0} could not be written. {1}', baseName(target.path), why)));
  }
}

/** The runs that a command of the view is about: all selected ones if the clicked one is among them; from the keyboard, the selected ones. */
async function selected({ history, view }: HistoryParts, clicked: unknown, all?: unknown): Promise<KeptRun[]> {
  const ids = (Array.isArray(all) && all.length > 0 ? all : clicked ? [clicked] : view.selection).map(idOf);
  return (await history.runs()).filter(({ id }) => ids.includes(id));
}

async function chosen(parts: HistoryParts, clicked: unknown, title: string): Promise<KeptRun | undefined> {
  const id = idOf(clicked);
  if (id !== undefined) return parts.history.find(id);
  return pick(await parts.history.runs(), title);
}

/** The older one first. */
async function twoRuns({ history }: HistoryParts, given: readonly KeptRun[]): Promise<[KeptRun, KeptRun] | undefined> {
  const runs = await history.runs();
  if (runs.length < 2) {
    window.showInformationMessage(t('There are not yet two runs to compare.'));
    return undefined;
  }
  const [first = await pick(runs, t('Which run should be compared?')), second] = given;
  if (!first) return undefined;
  const others = runs.filter(({ id }) => id !== first.id);
  const other = second ?? (await pick(others, t('Compare {0} with', `${runName(first)} · ${runDescription(first)}`)));
  if (!other) return undefined;
  return first.when <= other.when ? [first, other] : [other, first];
}

async function pick(runs: readonly KeptRun[], title: string): Promise<KeptRun | undefined> {
  const items = runs.map((run) => ({ label: runName(run), description: runDescription(run), detail: run.engine, run }));
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.run;
}

function idOf(value: unknown): string | undefined {
  const id = value && typeof value === 'object' && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
