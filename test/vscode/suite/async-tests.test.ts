import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const TESTS = `
import asyncio, unittest

class Shop(unittest.IsolatedAsyncioTestCase):
    async def test_open(self):
        await asyncio.gather(asyncio.sleep(0.01), asyncio.sleep(0.02))

    async def test_closed(self):
        await asyncio.sleep(0.01)
        self.fail('closed')
`;

describe('tests that are coroutine functions', () => {
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const unless = hasPython ? '' : ' (skipped: no interpreter here)';
  let home: string;

  before(() => {
    home = mkdtempSync(join(tmpdir(), 'coroscope-tests-'));
    writeFileSync(join(home, 'test_shop.py'), TESTS);
  });

  after(() => rmSync(home, { recursive: true, force: true }));

  it(`are in the Test Explorer, and running one shows its timeline${unless}`, async () => {
    if (!hasPython) return;
    const document = await vscode.workspace.openTextDocument(join(home, 'test_shop.py'));
    const editor = await vscode.window.showTextDocument(document);
    for (const [name, end] of [
      ['test_open', 'done'],
      ['test_closed', 'raised'],
    ]) {
      const line = TESTS.split('\n').findIndex((text) => text.includes(`def ${name}`));
      editor.selection = new vscode.Selection(line, 8, line, 8);
      let tasks = '';
      for (const over = Date.now() + 90_000; !new RegExp(`${name}[\\s\\S]*(${end})`).test(tasks); ) {
        assert.ok(Date.now() < over, tasks);
        // The entry comes a moment after the document.
        await vscode.commands.executeCommand('testing.runAtCursor');
        await vscode.env.clipboard.writeText('');
        await vscode.commands.executeCommand('coroscope.copyTasks');
        tasks = await vscode.env.clipboard.readText();
      }
    }
  });
});
