import { beforeEach, expect, test, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';
import { translator } from '../../../src/core/translate';
import { activate } from '../../../src/extension';
import { TraceStory } from '../../core/encode';
import { fakePanel, files, l10n, opened, providers, registered, Uri, window, workspace } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

/** Somebody sent this trace: the paths in it are theirs. */
const TRACE = Uri.file('/work/sent.coroscope');
const NAMED = '/home/me/danger.py';

const documents: string[] = [];
const told: string[] = [];

function start(): void {
  const memento = { get: () => undefined, update: async () => {}, keys: () => [] };
  const storage = { storageUri: Uri.file('/storage'), globalStorageUri: Uri.file('/storage') };
  activate({
    subscriptions: [],
    extensionUri: Uri.file('/extension'),
    workspaceState: memento,
    globalState: memento,
    ...storage,
  } as unknown as ExtensionContext);
}

beforeEach(() => {
  documents.length = told.length = opened.length = 0;
  const story = new TraceStory(NAMED);
  const main = story.task('Task-1', 'main', 0);
  story.step(main, { start: 0, stands: ['main:3:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
  story.step(main, { start: 1 }).done(main, 1);
  files.set(TRACE.path, story.bytes());
  Object.assign(workspace, {
    openTextDocument: async (uri: Uri) => {
      documents.push(uri.path);
      return { uri, languageId: 'python', isClosed: false, getText: () => '', lineCount: 9 };
    },
    getWorkspaceFolder: ({ path }: Uri) => (path.startsWith('/work/') ? { uri: Uri.file('/work') } : undefined),
    getConfiguration: () => ({ get: (_: string, other: unknown) => other, update: async () => {} }),
  });
  Object.assign(window, { showInformationMessage: async (text: string) => void told.push(text) });
  start();
});

const openTrace = () => registered.get('coroscope.openTrace')!(TRACE as never);

test('a path that a trace names is never run: not by the panel, the command or live mode', async () => {
  await openTrace();
  const { webview } = opened.at(-1)!;
  webview.say({ type: 'run' });
  await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('To run this again')]));
  await registered.get('coroscope.visualize')!();
  expect(told.at(-1)).toContain('Open a Python file');
  await registered.get('coroscope.live')!();
  webview.say({ type: 'whatIf', changes: [] });
  expect(documents).toEqual([]);
});

test('nor by the editor that shows trace files', async () => {
  const editors = providers.get('coroscope.trace') as {
    openCustomDocument(uri: Uri): Promise<unknown>;
    resolveCustomEditor(document: unknown, panel: unknown): void;
  };
  const panel = fakePanel();
  editors.resolveCustomEditor(await editors.openCustomDocument(TRACE), panel);
  panel.webview.say({ type: 'run' });
  await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('To run this again')]));
  expect(documents).toEqual([]);
});

test('the playhead opens files of the workspace, and no others', async () => {
  await openTrace();
  const { webview } = opened.at(-1)!;
  const at = (file: string) => {
    const place = { task: 1, name: 'Task-1', state: 'running', file, line: 1, column: 0, waits: '' };
    webview.say({ type: 'playhead', places: [place], turn: 1 });
  };
  for (const file of [NAMED, '/etc/passwd', '/work/../etc/passwd', '//server/share/x.py']) at(file);
  at('/work/lib.py');
  await vi.waitFor(() => expect(documents).toContain('/work/lib.py'));
  expect(documents).toEqual(['/work/lib.py']);
});

test('what a trace calls a file is text in a notification: no link, no command, no turned writing', async () => {
  const warned: string[] = [];
  const failed: string[] = [];
  Object.assign(window, {
    showWarningMessage: async (text: string) => void warned.push(text),
    showErrorMessage: async (text: string) => void failed.push(text),
  });
  Object.assign(workspace, { openTextDocument: async () => Promise.reject(new Error('not there')) });
  Object.assign(l10n, { t: translator(undefined) });
  await openTrace();
  const link = '[Repair](command:workbench.action.quit)\u202e';
  opened.at(-1)!.webview.say({ type: 'open', file: `/tmp/${link}.py`, line: 1, column: 0, focus: true });
  await vi.waitFor(() =>
    expect(warned).toEqual(['The file /tmp/[Repair] (command:workbench.action.quit) .py no longer exists.']),
  );
  const uri = Uri.file(`/work/${link}.coroscope`);
  files.set(uri.path, new TextEncoder().encode('no trace'));
  await registered.get('coroscope.openTrace')!(uri as never);
  expect(failed).toEqual([
    expect.stringContaining('[Repair] (command:workbench.action.quit) .coroscope could not be opened.'),
  ]);
});
