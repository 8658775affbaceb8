import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

const folder = () => vscode.workspace.workspaceFolders![0];
const PROGRAM = `
import asyncio, os, sys

async def main():
    print(sys.argv[1:], os.environ.get("GREETING"), os.environ.get("FROM_FILE"), os.path.basename(os.getcwd()))
    print("to stderr", file=sys.stderr)
    await asyncio.sleep(1)
    sys.exit(3)

asyncio.run(main())
`;

interface Told {
  stdout: string;
  stderr: string;
  exit: number | undefined;
  refused?: string;
}

/** Runs a launch configuration, and hears what its session is told until it ends. */
async function launched(configuration: object, during?: (session: vscode.DebugSession) => void): Promise<Told> {
  const told: Told = { stdout: '', stderr: '', exit: undefined };
  const hears = vscode.debug.registerDebugAdapterTrackerFactory('coroscope', {
    createDebugAdapterTracker: (session) => ({
      onDidSendMessage({ type, event, body, success, message }) {
        if (type === 'response' && success === false) told.refused = message;
        if (type !== 'event') return;
        if (event === 'output' && (body.category === 'stdout' || body.category === 'stderr'))
          told[body.category as 'stdout' | 'stderr'] += body.output;
        if (event === 'output') during?.(session);
        if (event === 'exited') told.exit = body.exitCode;
      },
    }),
  });
  try {
    const ended = new Promise<void>((resolve) => {
      const listening = vscode.debug.onDidTerminateDebugSession(() => {
        listening.dispose();
        resolve();
      });
    });
    const isStarted = await vscode.debug.startDebugging(folder(), {
      type: 'coroscope',
      request: 'launch',
      name: 'test',
      ...configuration,
    });
    assert.ok(isStarted);
    await ended;
  } finally {
    hears.dispose();
  }
  return told;
}

describe('a launch configuration', () => {
  let home: string;
  const path = (name: string) => join(home, name);
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  const unless = hasPython ? '' : ' (skipped: no interpreter here)';

  before(() => {
    home = mkdtempSync(join(tmpdir(), 'coroscope-launch-'));
    writeFileSync(path('asked.py'), PROGRAM);
    writeFileSync(path('.env'), 'export FROM_FILE="two words" # a comment\n');
  });

  after(() => rmSync(home, { recursive: true, force: true }));

  it('runs a file with its arguments, and tells output and exit code', async () => {
    const told = await launched({ program: path('asked.py'), args: ['a b', 'c'], engine: 'embedded' });
    assert.match(told.stdout, /\['a b', 'c'\] None None/);
    assert.match(told.stderr, /to stderr/);
    assert.equal(told.exit, 3);
  });

  it(`gives an interpreter its folder and its environment${unless}`, async () => {
    if (!hasPython) return;
    const more = { env: { GREETING: 'hello' }, envFile: path('.env'), cwd: home, args: '"a b" c' };
    const told = await launched({ program: path('asked.py'), clock: 'virtual', ...more });
    assert.ok(told.stdout.includes(`['a b', 'c'] hello two words ${home.split('/').at(-1)}`), JSON.stringify(told));
  });

  it(`runs a module${unless}`, async () => {
    if (!hasPython) return;
    const told = await launched({ module: 'asked', cwd: home, clock: 'virtual' });
    assert.match(told.stdout, /^\[\] None None/);
    assert.equal(told.exit, 3);
  });

  it('asks in its terminal for input', async () => {
    writeFileSync(
      path('asks.py'),
      'import asyncio, sys\nasync def main():\n    sys.exit(len(input("Name? ")))\nasyncio.run(main())\n',
    );
    let isAnswered = false;
    const told = await launched({ program: path('asks.py'), console: 'integratedTerminal' }, () => {
      const terminal = vscode.window.terminals.find(({ name }) => name === 'asks.py');
      if (terminal && !isAnswered) terminal.sendText('Annemarie');
      isAnswered ||= terminal !== undefined;
    });
    assert.deepEqual([told.stdout, told.exit], ['', 9]);
    const terminal = vscode.window.terminals.find(({ name }) => name === 'asks.py');
    terminal?.dispose();
  });

  it('ends when its session is stopped', async () => {
    const uri = vscode.Uri.joinPath(folder().uri, 'endless.py');
    let isStopped = false;
    await launched({ program: uri.fsPath }, (session) => {
      if (!isStopped) void vscode.debug.stopDebugging(session);
      isStopped = true;
    });
    assert.ok(isStopped);
  });

  it('whose folder is not there says so', async () => {
    // VS Code would show it in a dialog, which it refuses to under test.
    await assert.rejects(
      launched({ program: path('asked.py'), cwd: path('nowhere') }),
      /nowhere, the "cwd" of this launch configuration, is no folder/,
    );
  });

  it('that names no program, or two, starts nothing', async () => {
    for (const wrong of [{}, { program: 'a.py', module: 'a' }, { module: 'a', engine: 'embedded' }]) {
      const start = { type: 'coroscope', request: 'launch', name: 'wrong', ...wrong };
      assert.equal(await vscode.debug.startDebugging(folder(), start), false);
    }
  });
});
