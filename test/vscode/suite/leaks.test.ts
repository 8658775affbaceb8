import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import * as vscode from 'vscode';
import { gather } from '../../webview/browser/scenes';

/** Enough that what stays of each round stands out from what the editor itself keeps now and then. */
const ROUNDS = 12;
/** On a machine with much else to do fewer rounds have to do, but not fewer than these. */
const FEWEST = 5;
const ENOUGH_MS = 8_000;
const PATIENCE_MS = 20_000;

/**
 * What is alive in the extension host, by kind, after a collection: whatever is listened to, registered or shown is held by objects of
 * these classes, those of the editor's own side included. Threads are those of workers too.
 */
function living(): Record<string, number> {
  const count = (kind: new (...args: never[]) => unknown) => queryObjects(kind, { format: 'count' }) as number;
  return {
    disposables: count(vscode.Disposable),
    emitters: count(vscode.EventEmitter),
    aborts: count(AbortController),
    ports: count(MessagePort),
    ...threads(),
  };
}

/** Where the system tells. */
function threads(): Record<string, number> {
  try {
    return { threads: readdirSync('/proc/self/task').length };
  } catch {
    return {};
  }
}

async function until(what: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    if (await what()) return true;
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);

async function closeAll(): Promise<void> {
  await run('workbench.action.closeAllEditors');
  assert.ok(await until(() => tabs().length === 0), 'editors stay open');
}

describe('what is opened and closed', () => {
  const trace = vscode.Uri.file(join(mkdtempSync(join(tmpdir(), 'coroscope-leaks-')), 'kept.coroscope'));
  const program = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'breakfast.py');

  before(() => writeFileSync(trace.fsPath, gather()));

  /** The panel, the view in the side bar, the editor of traces. */
  async function show(): Promise<void> {
    await run('coroscope.openTrace', trace);
    await run('coroscope.sideTimeline.focus');
    await run('vscode.openWith', trace, 'coroscope.trace');
    assert.ok(await until(() => tabs().length >= 2), 'the panel and the editor are open');
    await run('workbench.view.explorer');
    await closeAll();
  }

  /** A run, and live mode, whose Pythons are still being loaded when it is turned off again. */
  async function play(): Promise<void> {
    await run('coroscope.visualize', program);
    await run('coroscope.live');
    await run('coroscope.liveOff');
    await closeAll();
  }

  /** @returns of what there is more for each round, and how much */
  async function left(act: () => Promise<void>, rounds: number): Promise<Record<string, string>> {
    // What is made with the first use stays for the next.
    for (let i = 0; i < 2; i++) await act();
    const before = living();
    let done = 0;
    for (const end = Date.now() + ENOUGH_MS; done < rounds && (done < FEWEST || Date.now() < end); done++) await act();
    let grown: Record<string, string> = {};
    // Pages are taken down, and workers end, a little later.
    await until(() => {
      const now = living();
      const more = Object.keys(before).filter((kind) => now[kind] - before[kind] >= done);
      grown = Object.fromEntries(more.map((kind) => [kind, `${before[kind]} → ${now[kind]} in ${done} rounds`]));
      return more.length === 0;
    });
    return grown;
  }

  it('leaves nothing behind: panel, side view, editor of traces', async function () {
    this.timeout(240_000);
    assert.deepEqual(await left(show, ROUNDS), {});
  });

  it('leaves nothing behind: runs and live mode', async function () {
    this.timeout(240_000);
    assert.deepEqual(await left(play, FEWEST), {});
  });
});
