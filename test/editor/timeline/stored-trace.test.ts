import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readTimeline } from '../../../src/core/timeline/build';
import { useHost } from '../../../src/editor/host/host';
import { TraceEditor } from '../../../src/editor/timeline/trace-editor';
import { openStored } from '../../../src/editor/traces/stored-trace';
import { hostOfNode } from '../../../src/hosts/node/host';
import { traceOf } from '../../bench/reader';
import { fakePanel, Uri } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));
useHost(hostOfNode({ assets: '', cache: '' }));

/** Trace files that are opened in an editor of their own. */

interface Sent {
  readonly type: string;
  readonly trace?: Uint8Array | null;
  readonly coming?: { readonly from: number; readonly length: number };
  readonly bytes?: Uint8Array;
  readonly older?: { readonly trace: Uint8Array } | null;
  readonly status?: { readonly state: string; readonly detail?: string };
}

async function opened(path: string) {
  const parts = {
    assets: Uri.file('/assets'),
    catalogue: { words: async () => ({}) },
    receive() {},
    failed() {},
    greeting: () => [],
    dismissed: () => [],
    counted() {},
  };
  const editor = new TraceEditor(parts as never);
  const document = await editor.openCustomDocument(Uri.file(path) as never);
  const panel = fakePanel();
  editor.resolveCustomEditor(document, panel as never);
  const sent = panel.webview.sent as Sent[];
  panel.webview.say({ type: 'ready' });
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
  return { sent, document, say: (message: unknown) => panel.webview.say(message) };
}

function saved(trace: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'coroscope-test-')), 'large.coroscope');
  writeFileSync(path, trace);
  return path;
}

const LARGE = traceOf(100_000, 500);

test('a large trace comes in pieces, the next one when the last has arrived', async () => {
  const { sent, say, document } = await opened(saved(LARGE));
  expect(sent[0]).toMatchObject({ type: 'hydrate', trace: null, coming: { from: 0, length: LARGE.length } });
  const got: Uint8Array[] = [];
  const length = () => got.reduce((sum, { length }) => sum + length, 0);
  for (let at = 1; length() < LARGE.length; at++) {
    await vi.waitFor(() => expect(sent.length).toBe(at + 1));
    got.push(sent[at].bytes!);
    say({ type: 'read' });
  }
  expect(got.length).toBeGreaterThan(2);
  const whole = Buffer.concat(got);
  expect(whole.equals(LARGE)).toBe(true);
  expect(readTimeline(new Uint8Array(whole)).steps).toBe(100_000);
  document.dispose();
});

test('where the file became shorter meanwhile, the page is told', async () => {
  const path = saved(LARGE);
  const { sent, say, document } = await opened(path);
  await vi.waitFor(() => expect(sent.length).toBe(2));
  truncateSync(path, 1000);
  say({ type: 'read' });
  await vi.waitFor(() => expect(sent.at(-1)).toMatchObject({ type: 'status', status: { state: 'failed' } }));
  expect(sent.at(-1)!.status!.detail).toContain('became shorter');
  document.dispose();
});

test('what is no trace is refused before anything of it is sent', async () => {
  const { sent, document } = await opened(saved(new Uint8Array(3_000_000)));
  expect(sent.map(({ type, status }) => [type, status?.state])).toEqual([['hydrate', 'failed']]);
  document.dispose();
});

test('an older run comes in pieces too, and no more of it when it is put away', async () => {
  const { sent, say, document } = await opened(saved(traceOf(100, 100)));
  await vi.waitFor(() => expect(sent.length).toBe(2));
  say({ type: 'read' });
  const older = await openStored(Uri.file(saved(LARGE)) as never);
  document.recorded.compareWith({ trace: older, label: 'before' });
  const parts = () => sent.filter(({ type }) => type === 'older').map((message) => message.older);
  const length = () => parts().reduce((sum, part) => sum + part!.trace.length, 0);
  await vi.waitFor(() => expect(length()).toBe(LARGE.length));
  expect(Buffer.concat(parts().map((part) => part!.trace)).equals(LARGE)).toBe(true);
  expect(parts().length).toBeGreaterThan(2);
  const again = await openStored(Uri.file(saved(LARGE)) as never);
  const before = parts().length;
  document.recorded.compareWith({ trace: again, label: 'again' });
  document.recorded.compareWith(undefined);
  await vi.waitFor(() => expect(parts().at(-1)).toBe(null));
  // One part was on its way already.
  expect(parts().length).toBe(before + 2);
  document.dispose();
});
