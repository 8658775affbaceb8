import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const uri = () => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'blocking.py');
const own = () => vscode.languages.getDiagnostics(uri()).filter(({ source }) => source === 'Coroscope');

/** Marks come a little after the run. */
async function marked(count: number): Promise<vscode.Diagnostic[]> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (own().length === count) return own();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the diagnostics are ${JSON.stringify(own())}`);
}

describe('problems of a run', () => {
  let document: vscode.TextDocument;
  let text: string;

  before(async () => {
    document = await vscode.workspace.openTextDocument(uri());
    text = document.getText();
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    const whole = new vscode.WorkspaceEdit();
    whole.replace(uri(), new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(whole);
    await document.save();
  });

  it('are marked at their line, and left out by the comment that a quick fix writes', async () => {
    await vscode.commands.executeCommand('coroscope.visualize', uri());
    const problem = (await marked(2)).find(({ code }) => code === 'blocking')!;
    assert.equal(document.getText(problem.range), 'time.sleep(0.5)');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    assert.match(problem.message, /blocked the event loop for 500 ms[\s\S]*\nWrite await asyncio\.sleep\(0\.5\)/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri(),
      problem.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const action = actions.find(({ title }) => title === 'Ignore blocking on this line');
    assert.ok(action?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(document.lineAt(10).text, '    time.sleep(0.5)  # coroscope: ignore[blocking]');
    await vscode.commands.executeCommand('coroscope.visualize', uri());
    const [left] = await marked(1);
    assert.equal(document.getText(left.range), 'pause()');
  });

  it('kinds complete in the brackets', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri(),
      new vscode.Position(10, document.lineAt(10).text.indexOf('[') + 1),
    );
    const labels = items.filter(({ detail }) => detail === 'Coroscope').map(({ label }) => label);
    assert.ok(labels.includes('never-awaited') && !labels.includes('takes'), labels.join(', '));
  });
});
