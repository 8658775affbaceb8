import { Uri, window, workspace } from 'vscode';
import { baseName } from '../../core/places/base-name';
import type { Timeline } from '../../core/timeline/model';
import { inMemory, type TraceSource } from '../../core/trace/source';
import { errorText } from '../../core/trace/trace-error';
import { host } from '../host/host';
import { isStored, loadReader, type Recorded, type RecordedTrace } from '../recording/recording';
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
  const name = baseName(uri.path);
  const root = rootOf(uri);
  const engine = `Python ${meta.python}`;
  const status = { state: 'done', program: name, engine, reason: t('Opened from {0}.', name) } as const;
  return { status, file: meta.program, source: undefined, root };
}

/** The folder that paths are shown relative to. */
function rootOf(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  return folder ? host().paths.of(folder.uri) : '';
}

/**
 * Shows a trace file from the disk, with little of it in memory at a time.
 * @returns false if it cannot be read, after telling the user
 */
export async function showStored(uri: Uri, recorded: Recorded): Promise<boolean> {
  try {
    const [{ openStored }, { mtime: at }] = await Promise.all([import('./stored-trace'), workspace.fs.stat(uri)]);
    const trace = await openStored(uri);
    recorded.set({ ...openedFrom(uri, trace.meta), trace, at });
    return true;
  } catch (error) {
    sayUnreadable(uri, error);
    return false;
  }
}

/** A trace file, when it was written, and its timeline; undefined if it cannot be read, after telling the user. */
export async function readTrace(uri: Uri) {
  let trace: RecordedTrace | undefined;
  try {
    const [{ recordedTrace }, { readTimeline }] = await Promise.all([import('./stored-trace'), loadReader()]);
    trace = await recordedTrace(uri);
    const { mtime: at } = await workspace.fs.stat(uri);
    return { trace, at, timeline: readTimeline(trace) };
  } catch (error) {
    if (isStored(trace)) trace.close();
    sayUnreadable(uri, error);
    return undefined;
  }
}

function sayUnreadable(uri: Uri, error: unknown): void {
  window.showErrorMessage(noticeText(t('{0} could not be opened. {1}', baseName(uri.path), errorText(error, t))));
}

export async function saveTrace({ current: { trace, file } }: Recorded): Promise<void> {
  if (!trace) return;
  const filters = { [t('Coroscope traces')]: ['coroscope'] };
  const target = await window.showSaveDialog({ defaultUri: withExtension(file, 'coroscope'), filters });
  if (!target) return;
  if (!isStored(trace)) await written(target, () => workspace.fs.writeFile(target, trace));
  else if (target.toString() !== trace.uri.toString())
    await written(target, () => workspace.fs.copy(trace.uri, target, { overwrite: true }));
}

/** Exports a self-contained page with the timeline, which needs no VS Code. */
export async function exportHtml(recorded: Recorded, catalogue: Catalogue, locale: string): Promise<void> {
  // A run of the history is read from its file only now.
  await loadReader();
  const { trace, file, source, at, root, older } = recorded.current;
  const timeline = recorded.timeline();
  if (!trace || !timeline) return;
  const target = await window.showSaveDialog({ defaultUri: withExtension(file, 'html'), filters: { HTML: ['html'] } });
  if (!target) return;
  const [{ sourcesOf }, { shapesFor }] = await Promise.all([
    import('../../export/sources'),
    import('../recording/advised'),
  ]);
  const { files, paths } = host();
  const read = files.sources({
    known: source === undefined ? [] : [{ file, text: source }],
    folders: [root, ...(workspace.workspaceFolders ?? []).map(({ uri }) => paths.of(uri))].filter(
      (path) => path !== '',
    ),
    until: at ?? 0,
  });
  const page = await files.page({
    trace: sourceOf(trace),
    sources: sourcesOf(timeline, read),
    shapes: shapesFor(recorded),
    older: older && { trace: sourceOf(older.trace), label: older.label },
    title: baseName(file),
    root,
    locale,
    words: await catalogue.words(),
  });
  await written(target, () => workspace.fs.writeFile(target, new TextEncoder().encode(page)));
}

/** @param openLabel what the dialog's button says */
export async function pickTrace(openLabel: string): Promise<Uri | undefined> {
  const filters = { [t('Coroscope traces')]: ['coroscope'] };
  return (await window.showOpenDialog({ canSelectMany: false, filters, openLabel }))?.[0];
}

function sourceOf(trace: RecordedTrace): TraceSource {
  return isStored(trace) ? trace : inMemory(trace);
}

/** Tells the user whether a file was written. */
async function written(target: Uri, write: () => Thenable<void>): Promise<void> {
  try {
    await write();
    offerToOpen(target);
  } catch (error) {
    window.showErrorMessage(noticeText(t('{0} could not be written. {1}', baseName(target.path), errorText(error, t))));
  }
}

function withExtension(file: string, extension: string): Uri | undefined {
  return file ? host().paths.uri(file.replace(/(\.\w+)?$/, `.${extension}`)) : undefined;
}
