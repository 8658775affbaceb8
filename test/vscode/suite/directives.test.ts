import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const uri = () => vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'simulated.py');

async function diagnosed(
  wanted: (found: readonly vscode.Diagnostic[]) => boolean,
  of = uri(),
): Promise<vscode.Diagnostic[]> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const found = vscode.languages.getDiagnostics(of).filter(({ source }) => source === 'Coroscope');
    if (wanted(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const left = vscode.languages.getDiagnostics(of).map(({ message, range }) => [range.start.line + 1, message]);
  throw new Error(`the diagnostics are ${JSON.stringify(left)}`);
}

async function fix({ range }: vscode.Diagnostic, title: string, of = uri()): Promise<void> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    of,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const action = actions.find((each) => each.title === title);
  assert.ok(action?.edit, `${title} among ${actions.map((each) => each.title).join(', ')}`);
  await vscode.workspace.applyEdit(action.edit);
}

describe('comments that direct a run', () => {
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

  it('are underlined where they are wrong, and set right by a quick fix', async () => {
    const [word, duration] = await diagnosed((found) => found.length === 2);
    assert.equal(word.message, 'There is no “taks”. Did you mean “takes”?');
    assert.equal(document.getText(duration.range), '2 seconds');
    await fix(word, 'Change to takes');
    await fix(duration, 'Change to 2s');
    await diagnosed((found) => found.length === 0);
    assert.match(document.lineAt(6).text, /# coroscope: takes 2s$/);
  });

  it('complete, and say what they do', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri(),
      new vscode.Position(5, document.lineAt(5).text.indexOf('takes')),
    );
    const own = items.filter(({ detail }) => detail === 'Coroscope');
    own.sort((a, b) => (a.sortText ?? '').localeCompare(b.sortText ?? ''));
    assert.deepEqual(
      own.slice(0, 3).map(({ label }) => label),
      ['takes', 'returns', 'raises'],
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri(),
      new vscode.Position(5, document.lineAt(5).text.indexOf('takes') + 1),
    );
    const words = hovers.flatMap(({ contents }) =>
      contents.map((each) => (typeof each === 'string' ? each : each.value)),
    );
    assert.match(words.join('\n'), /The line is not run/);
  });

  it('take the place of a module that is missing', async () => {
    await vscode.commands.executeCommand('coroscope.visualize', uri());
    await diagnosed((found) => found.length === 0);
  });

  it('are written by a quick fix where the module is needed after all', async () => {
    const line = document.lineAt(6).range;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri(), line, '    rest = await httpy.get("/")');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('coroscope.visualize', uri());
    const [problem] = await diagnosed((found) => found.length === 1);
    assert.equal(problem.range.start.line, 6);
    assert.match(problem.message, /MissingModuleError.*\n.*The program did not need it before this line/);
    await fix(problem, 'Simulate this line with a comment');
    assert.match(document.lineAt(6).text, /"\/"\) {2}# coroscope: takes 800ms returns None$/);
    await vscode.commands.executeCommand('coroscope.visualize', uri());
    await diagnosed((found) => found.length === 0);
  });

  it('count in a note, where its blocks stand; and so does the hover', async () => {
    const note = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content:
        '# coroscope: a heading\n\n- 목록\n\n  ```python\n  async def f():\n      await g()  # coroscope: taks 1s\n  ```\n',
    });
    await vscode.window.showTextDocument(note);
    const found = await diagnosed((all) => all.length === 1, note.uri);
    assert.equal(note.getText(found[0].range), 'taks');
    await fix(found[0], 'Change to takes', note.uri);
    await diagnosed((all) => all.length === 0, note.uri);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      note.uri,
      new vscode.Position(6, 8),
    );
    assert.equal(hovers.length, 1);
    assert.equal(note.getText(hovers[0].range), 'await g');
  });
});
