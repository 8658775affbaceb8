import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const ID = 'coroscope.coroscope';
const file = (name: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);

async function hoverTexts(uri: vscode.Uri, line: number, column: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    new vscode.Position(line, column),
  );
  return hovers
    .flatMap((hover) => hover.contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n');
}

/** A tab has this title: titles come back from the window a little later. */
async function titled(title: string): Promise<void> {
  const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
  for (const end = Date.now() + 60_000; !labels().includes(title); ) {
    assert.ok(Date.now() < end, labels().join());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the extension', () => {
  it('activates with a Python file', async () => {
    await vscode.workspace.openTextDocument(file('breakfast.py'));
    const extension = vscode.extensions.getExtension(ID);
    await extension?.activate();
    assert.ok(extension?.isActive);
  });

  it('has every command that it declares', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    const { commands } = vscode.extensions.getExtension(ID)!.packageJSON.contributes;
    for (const { command } of commands) assert.ok(known.has(command), command);
  });

  it('explains an await, and nothing else', async () => {
    const uri = file('breakfast.py');
    assert.match(await hoverTexts(uri, 4, 6), /sets a timer for as many seconds as `seconds` says/);
    assert.match(await hoverTexts(uri, 10, 24), /`gather` creates 2 tasks, one for each coroutine/);
    assert.equal(await hoverTexts(uri, 5, 6), '');
  });

  it('runs a file, and the hover tells of the run', async () => {
    await vscode.commands.executeCommand('coroscope.visualize', file('breakfast.py'));
    assert.match(await hoverTexts(file('breakfast.py'), 4, 6), /waited here 2 times, 5 s in all, 3 s at the longest/);
    const tab = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .find(({ label }) => label === 'Timeline: breakfast.py');
    assert.ok(tab);
  });

  it('runs the file given, not the editor’s, and a new run takes the place of the old one', async () => {
    await vscode.window.showTextDocument(file('breakfast.py'));
    await vscode.commands.executeCommand('coroscope.visualize', file('constructs.py'));
    assert.match(await hoverTexts(file('constructs.py'), 12, 10), /waited here 3 times/);
    assert.doesNotMatch(await hoverTexts(file('breakfast.py'), 4, 6), /Last run/);
  });

  it('copies the tasks as text', async () => {
    await vscode.commands.executeCommand('coroscope.copyTasks');
    assert.match(
      await vscode.env.clipboard.readText(),
      /main\(\) · Task-1 · done[\s\S]*\n {2}sleep\(.*\) · sleeper · done/,
    );
  });

  it('cancels an endless program', async () => {
    const run = vscode.commands.executeCommand('coroscope.visualize', file('endless.py'));
    await titled('Timeline: endless.py');
    await vscode.commands.executeCommand('coroscope.cancel');
    await run;
  });

  it('stops at the limits of the settings', async () => {
    const settings = vscode.workspace.getConfiguration('coroscope');
    await settings.update('limits.steps', 500, vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand('coroscope.visualize', file('endless.py'));
      assert.match(await hoverTexts(file('endless.py'), 5, 9), /waited here [56]\d\d times/);
    } finally {
      await settings.update('limits.steps', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('runs on an interpreter where the settings say so', async function () {
    if (spawnSync('python3', ['--version']).status !== 0) this.skip();
    const settings = vscode.workspace.getConfiguration('coroscope');
    const set = async (engine?: string, clock?: string) => {
      await settings.update('engine', engine, vscode.ConfigurationTarget.Workspace);
      await settings.update('clock', clock, vscode.ConfigurationTarget.Workspace);
    };
    await set('interpreter', 'virtual');
    try {
      await vscode.commands.executeCommand('coroscope.visualize', file('breakfast.py'));
      assert.match(await hoverTexts(file('breakfast.py'), 4, 6), /waited here 2 times, 5 s in all/);
    } finally {
      await set();
    }
  });

  it('has lenses where there is something to run, unless the setting says no', async () => {
    const lenses = async (name: string) => {
      await vscode.workspace.openTextDocument(file(name));
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        file(name),
      );
      return found
        .filter(({ command }) => command?.command === 'coroscope.visualize')
        .map(({ range }) => range.start.line + 1);
    };
    assert.deepEqual(await lenses('notes.md'), [5, 14, 28, 36]);
    assert.deepEqual(await lenses('pieces.py'), [4, 9, 13]);
    assert.deepEqual(await lenses('breakfast.py'), [4, 10, 15]);
    const settings = vscode.workspace.getConfiguration('coroscope');
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Workspace);
    try {
      assert.deepEqual(await lenses('notes.md'), []);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('runs what was never saved: a text of Python, the note that the cursor is in, a selection', async () => {
    const content =
      'import asyncio\n\nasync def work():\n    await asyncio.sleep(2)\n\nasync def main():\n    await work()\n';
    const python = await vscode.workspace.openTextDocument({ language: 'python', content });
    const editor = await vscode.window.showTextDocument(python);
    await vscode.commands.executeCommand('coroscope.visualize');
    assert.match(await hoverTexts(python.uri, 3, 6), /once, for 2 s/);
    editor.selection = new vscode.Selection(2, 0, 4, 0);
    await vscode.commands.executeCommand('coroscope.visualize');
    assert.match(await hoverTexts(python.uri, 3, 6), /once, for 2 s/);
    const note = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: `# note\n\n\`\`\`\nawait asyncio.sleep(1)\n\`\`\`\n`,
    });
    const shown = await vscode.window.showTextDocument(note);
    shown.selection = new vscode.Selection(3, 0, 3, 0);
    await vscode.commands.executeCommand('coroscope.visualize');
    await titled('Timeline: Untitled-2.md');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('says what is wrong with a file that is no trace', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'coroscope-')), 'x.coroscope');
    writeFileSync(path, 'not a trace');
    await vscode.commands.executeCommand('coroscope.openTrace', vscode.Uri.file(path));
    assert.equal(readFileSync(path, 'utf8'), 'not a trace');
  });
});
