import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const file = (name: string) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, name);

async function hoverTexts(uri: vscode.Uri, line: number, column: number): Promise<string> {
  const place = new vscode.Position(line - 1, column);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
  const contents = hovers.flatMap((hover) => hover.contents);
  return contents.map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
}

describe('after a run', () => {
  it('hovers tell of it in the blocks of a note', async () => {
    const uri = file('notes.md');
    await vscode.commands.executeCommand('coroscope.visualize', { uri: uri.toString(), line: 16 });
    assert.match(await hoverTexts(uri, 8, 5), /waited here 2 times, 3 s in all, 2 s at the longest/);
    assert.match(await hoverTexts(uri, 16, 12), /waited here once, for 2 s/);
    assert.match(await hoverTexts(uri, 6, 4), /It ran 2 times/);
  });

  it('and in the cells of a notebook, where await may stand outside of functions', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(file('book.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const cells = notebook.getCells();
    const [, define, use] = cells.map(({ document }) => document.uri);
    await vscode.commands.executeCommand('coroscope.visualize', cells[2]);
    assert.match(await hoverTexts(define, 4, 5), /waited here 2 times/);
    const text = await hoverTexts(use, 2, 1);
    assert.match(text, /waited here once, for 1 s/);
    assert.doesNotMatch(text, /Python refuses/);
    // What the cell before defines is known here.
    assert.match(text, /`work\(\)` is a coroutine.*its first `await` is on line 4 of cell 1/);
    assert.match(await hoverTexts(use, 1, 10), /A task was created here/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('links of a hover go to the page that tells more and along the visits, and run nothing else', async () => {
    const uri = file('breakfast.py');
    await vscode.commands.executeCommand('coroscope.visualize', uri);
    const place = new vscode.Position(4, 6);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
    const links = hovers
      .flatMap((hover) => hover.contents as vscode.MarkdownString[])
      .flatMap(({ value }) => [...value.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command));
    const visits = ['coroscope.nextVisit', 'coroscope.previousVisit', 'coroscope.showVisit'];
    assert.deepEqual([...new Set(links)].sort(), ['coroscope.explain', ...visits]);
    for (const command of visits) await vscode.commands.executeCommand(command, 'no number');
  });

  it('waiting times are inlay hints where the setting says so', async () => {
    const uri = file('breakfast.py');
    const all = new vscode.Range(0, 0, 20, 0);
    const hints = async () => {
      const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        uri,
        all,
      );
      return found.map(({ label }) => String(label)).sort();
    };
    const settings = vscode.workspace.getConfiguration('coroscope');
    assert.deepEqual(await hints(), []);
    await settings.update('inlineTimes', 'inlay', vscode.ConfigurationTarget.Workspace);
    try {
      assert.deepEqual(await hints(), ['waited 3 s', 'waited 5 s · 2×']);
      await settings.update('inlineTimes', 'off', vscode.ConfigurationTarget.Workspace);
      assert.deepEqual(await hints(), []);
    } finally {
      await settings.update('inlineTimes', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
