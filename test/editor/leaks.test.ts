import { beforeEach, expect, test, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';
import { activate } from '../../src/extension';
import * as scenes from '../webview/browser/scenes';
import { alive, complaints, fakePanel, files, opened, providers, registered, Uri } from './fake-vscode';

vi.mock('vscode', () => import('./fake-vscode'));

const TRACE = Uri.file('/work/run.coroscope');

/** How many objects of each kind are alive; kinds without any are left out. */
const living = () => Object.fromEntries([...alive].filter(([, count]) => count !== 0).sort());
const run = (name: string, ...given: unknown[]) => registered.get(name)!(...(given as never[]));
const settled = () => new Promise((resolve) => setTimeout(resolve));

function start(): { dispose(): void } {
  const subscriptions: { dispose(): unknown }[] = [];
  const folder = Uri.file('/extension');
  const memento = { get: () => undefined, update: async () => {}, keys: () => [] };
  const storage = { storageUri: Uri.file('/storage'), globalStorageUri: Uri.file('/storage') };
  activate({
    subscriptions,
    extensionUri: folder,
    workspaceState: memento,
    globalState: memento,
    ...storage,
  } as unknown as ExtensionContext);
  return { dispose: () => subscriptions.reverse().forEach((each) => void each.dispose()) };
}

/** Opens a trace in the panel, the view in the side bar and the custom editor, plays, and closes all of them. */
async function openAndCloseAll(): Promise<void> {
  await run('coroscope.openTrace', TRACE);
  expect(complaints).toEqual([]);
  const panel = opened.at(-1)!;
  const side = fakePanel();
  const view = providers.get('coroscope.sideTimeline') as { resolveWebviewView(view: unknown): void };
  view.resolveWebviewView(side);
  const editors = providers.get('coroscope.trace') as {
    openCustomDocument(uri: Uri): Promise<{ dispose(): void }>;
    resolveCustomEditor(document: unknown, panel: unknown): void;
  };
  const document = await editors.openCustomDocument(TRACE);
  const editor = fakePanel();
  editors.resolveCustomEditor(document, editor);
  for (const { webview } of [panel, side, editor]) {
    webview.say({ type: 'ready' });
    // The code that reads its messages is loaded with the first page.
    await vi.waitFor(() => expect(webview.sent).toContainEqual(expect.objectContaining({ type: 'hydrate' })), {
      interval: 1,
    });
    const place = {
      task: 1,
      name: 'Task-1',
      state: 'running',
      file: '/project/demo.py',
      line: 1,
      column: 0,
      waits: '',
    };
    webview.say({ type: 'playhead', places: [place], turn: 1 });
    webview.say({ type: 'selected', task: 1 });
  }
  for (const each of [editor, side, panel]) each.dispose();
  document.dispose();
  await settled();
}

beforeEach(() => {
  alive.clear();
  opened.length = 0;
  files.set(TRACE.path, scenes.gather());
});

test('what is opened and closed a hundred times leaves nothing behind', async () => {
  const extension = start();
  // Objects that are made on first use are kept.
  await openAndCloseAll();
  const first = living();
  for (let i = 0; i < 100; i++) await openAndCloseAll();
  expect(living()).toEqual(first);
  expect(first.webview).toBeUndefined();
  extension.dispose();
  await settled();
  expect(living()).toEqual({});
});

test('started and stopped a hundred times, nothing of it is left', async () => {
  for (let i = 0; i < 100; i++) {
    const extension = start();
    if (i % 10 === 0) await openAndCloseAll();
    extension.dispose();
  }
  await settled();
  expect(living()).toEqual({});
});

test('a panel that is open when the extension stops goes with it', async () => {
  const extension = start();
  await run('coroscope.openTrace', TRACE);
  expect(alive.get('webview')).toBe(1);
  extension.dispose();
  expect(living()).toEqual({});
});
