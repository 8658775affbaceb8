import { basename } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import type { Timeline } from '../../core/timeline/model';
import { inMemory } from '../../core/trace/source';
import { errorText } from '../../core/trace/trace-error';
import { exactBytes } from '../recording/exact-bytes';
import { loadReader, type Recorded } from '../recording/recording';
import type { Catalogue } from '../words/catalogue';
import { noticeText } from '../words/notice';
import { offerToOpen } from '../words/offer-to-open';
import { t } from '../words/translate';

/** Opens a trace file and shows it as if it had just been recorded. True if it could be read. */
export async function openTrace(clicked: unknown, recorded: Recorded): Promise<boolean> {
  const uri = clicked instanceof Uri ? clicked : await pickTrace(t('Open'));
  const read = uri && (await readTrace(uri));
  if (!read) return false;
  const { trace, at, timeline } = read;
  recorded.set({ ...openedFrom(uri, timeline.meta), trace, at }, timeline);
  return true;
}

function openedFrom(uri: Uri, meta: Timeline['meta']) {
  const name = basename(uri.fsPath);
  const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const engine = `Python ${meta.python}`;
  const status = { state: 'done', program: name, engine, reason: t('Opened from {0}.', name) } as const;
  return { status, file: meta.program, source: undefined, root };
}

/**
 * Shows a trace file from the disk, with little of it in memory at a time.
 * @returns closes the file; undefined if it cannot be read, after telling the user
 */
export async function showStored(uri: Uri, recorded: Recorded): Promise<(() => void) | undefined> {
  try {
    const [{ openStored }, { mtime: at }] = await Promise.all([import('./stored-trace'), workspace.fs.stat(uri)]);
    const { stored, close } = await openStored(uri);
    recorded.set({ ...openedFrom(uri, stored.meta), trace: undefined, stored, at });
    return close;
  } catch (error) {
    sayUnreadable(uri, error);
    return undefined;
  }
}

/** The bytes of a trace file, when it was written, and its timeline; undefined if it cannot be read, after telling the user. */
export async function readTrace(uri: Uri) {
  try {
    const trace = exactBytes(await workspace.fs.readFile(uri));
    const { mtime: at } = await workspace.fs.stat(uri);
    const { readTimeline } = await loadReader();
    return { trace, at, timeline: readTimeline(trace) };
  } catch (error) {
    sayUnreadable(uri, error);
    return undefined;
  }
}

function sayUnreadable(uri: Uri, error: unknown): void {
  window.showErrorMessage(noticeText(t('{0} could not be opened. {1}', basename(uri.fsPath), errorText(error, t))));
}

export async function saveTrace({ current: { trace, file } }: Recorded): Promise<void> {
  if (!trace) return;
  const filters = { [t('Coroscope traces')]: ['coroscope'] };
  const target = await window.showSaveDialog({ defaultUri: withExtension(file, 'coroscope'), filters });
  if (target) await write(target, trace);
}

/** Exports a self-contained page with the timeline, which needs no VS Code. */
export async function exportHtml(recorded: Recorded, assets: Uri, catalogue: Catalogue, locale: string): Promise<void> {
  // A run of the history is read from its file only now.
  await loadReader();
  const { trace, file, source, at, root, older } = recorded.current;
  const timeline = recorded.timeline();
  if (!trace || !timeline) return;
  const target = await window.showSaveDialog({ defaultUri: withExtension(file, 'html'), filters: { HTML: ['html'] } });
  if (!target) return;
  const [{ htmlPage }, { readSources }, { shapesFor }] = await Promise.all([
    import('../../export/html'),
    import('../../export/read-sources'),
    import('../recording/advised'),
  ]);
  const page = htmlPage({
    trace: inMemory(trace),
    sources: readSources(timeline, {
      known: source === undefined ? [] : [{ file, text: source }],
      folders: [root, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath)].filter((path) => path !== ''),
      until: at ?? 0,
    }),
    shapes: shapesFor(recorded),
    older: older && { trace: inMemory(older.trace), label: older.label },
    assets: assets.fsPath,
    title: basename(file),
    root,
    locale,
    words: await catalogue.words(),
  });
  await write(target, new TextEncoder().encode([...page].join('')));
}

/** @param openLabel what the dialog's button says */
export async function pickTrace(openLabel: string): Promise<Uri | undefined> {
  const filters = { [t('Coroscope traces')]: ['coroscope'] };
  return (await window.showOpenDialog({ canSelectMany: false, filters, openLabel }))?.[0];
}

async function write(target: Uri, bytes: Uint8Array): Promise<void> {
  try {
    await workspace.fs.writeFile(target, bytes);
    offerToOpen(target);
  } catch (error) {
    window.showErrorMessage(
      noticeText(t('{0} could not be written. {1}', basename(target.fsPath), errorText(error, t))),
    );
  }
}

function withExtension(file: string, extension: string): Uri | undefined {
  return file ? Uri.file(file.replace(/(\.\w+)?$/, `.${extension}`)) : undefined;
}
