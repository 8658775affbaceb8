import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { interpreters, program } from '../engines/here';
import { command, coroscope, scratch } from './coroscope';

const note = `# Notes

\`\`\`python
import asyncio

async def task(name, seconds):
    await asyncio.sleep(seconds)
    return name
\`\`\`

\`\`\`python
async def main():
    print(await task("A", 1), __file__.endswith("notes.md"), __name__)

asyncio.run(main())
\`\`\`

\`\`\`python
done, pending = await asyncio.wait(aws)
\`\`\`
`;
const notes = () => program({ 'notes.md': note });
afterAll(disposeEngines);
const folderOf = (file: string) => join(file, '..');

describe('a note', () => {
  test('its blocks are listed: number, line, first line of code, what would be run', async () => {
    const { code, stdout } = await command(['run', notes()]);
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'notes.md has 3 blocks of Python.',
      '  #1  line 3   import asyncio                             asks for the call: task(name, seconds)',
      '  #2  line 11  async def main():                          runs as it is written',
      '  #3  line 18  done, pending = await asyncio.wait(aws)    This is a fragment: `aws` (line 19) is not defined in this document. Define it, or select the code that does.',
      'Run one of them: coroscope run notes.md#1',
      '',
    ]);
  });

  test('the list as JSON', async () => {
    const file = notes();
    const { stdout } = await command(['run', '--json', file]);
    const list = JSON.parse(stdout);
    expect(list).toMatchObject({ format: 1, document: file });
    expect(list.blocks[1]).toEqual({
      number: 2,
      line: 11,
      code: 'async def main():',
      runs: 'runs as it is written',
      runnable: true,
    });
  });

  test('a block runs with what it needs from another, and says so', async () => {
    const file = notes();
    const { code, stdout, stderr } = await command(['run', 'notes.md#2'], { cwd: folderOf(file) });
    expect(stderr).toContain('coroscope: Taken from block 1 (line 6): `task`.\n');
    expect(stdout).toContain('A True __main__\n');
    expect(code).toBe(0);
  });

  test('the notes are in --json, in the trace, and said again by show', async () => {
    const file = notes();
    const trace = join(scratch(), 'note.coroscope');
    const { stdout } = await command(['run', '--json', '--trace', trace, `${file}#2`]);
    expect(JSON.parse(stdout).notes).toEqual([
      { kind: 'borrowed', names: ['task'], from: 1, line: 6, text: 'Taken from block 1 (line 6): `task`.' },
    ]);
    expect((await command(['show', trace, '--lang', 'ko'])).stderr).toContain('블록 1(6행)에서 가져옴: `task`.');
  });

  test('places are those of the note', async () => {
    const { stdout } = await command(['run', '--json', `${notes()}#2`]);
    const [main] = JSON.parse(stdout).tasks;
    const { chain } = main.segments.find(({ state }: { state: string }) => state === 'suspended');
    expect(chain.map(({ line, column }: { line: number; column: number }) => [line, column])).toEqual(
      [[13, 10], [7, 4], expect.anything()].slice(0, chain.length),
    );
  });

  test('a call with arguments, and what is said without', async () => {
    const file = notes();
    expect(await command(['run', 'notes.md#1'], { cwd: folderOf(file) })).toEqual({
      code: 2,
      stdout: '',
      stderr: "coroscope: It needs arguments. For example:\n  coroscope run 'notes.md#1::task(name, seconds)'\n",
    });
    const { code, stderr, stdout } = await command(['run', `${file}#1::task("A", 2)`]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('Ran `task("A", 2)` with asyncio.run, as requested.');
    expect(stdout).toContain("task('A', 2) Task-1");
    expect((await command(['run', '--call', 'task(name="B", seconds=1)', `${file}#1`])).code).toBe(0);
  });

  test('what cannot be run says what is missing', async () => {
    const file = notes();
    const { code, stderr } = await command(['run', `${file}#3`]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      'coroscope: This is a fragment: `aws` (line 19) is not defined in this document. Define it, or select the code that does. Or simulate it: with `# coroscope: takes 800ms returns …` behind the `await` in line 19, that line is not run and needs none of its names.\n',
    );
    expect((await command(['run', `${file}#9`])).stderr).toContain(
      `There is no block 9 in ${file}: they go from 1 to 3.`,
    );
    expect((await command(['run', program({ 'no.md': '# nothing' })])).stderr).toContain('There is no Python block in');
  });

  test('a file of that very name comes first', async () => {
    const file = program({ 'a#1.py': 'print("itself")' });
    expect((await command(['run', file])).stdout).toContain('itself\n');
  });

  test('an error names the line of the note', async () => {
    const file = program({
      'bad.md':
        '# x\n\n- item\n  ```python\n  import asyncio\n  async def main():\n      await asyncio.sleep(1\n  asyncio.run(main())\n  ```\n',
    });
    const { code, stderr } = await command(['run', `${file}#1`]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /File ".*bad\.md", line 7\n {4}await asyncio\.sleep\(1\n {23}\^\nSyntaxError: '\(' was never closed/,
    );
  });
});

describe('a Python file', () => {
  const file = () =>
    program({
      'work.py':
        'import asyncio\nasync def task(name, s=1):\n    await asyncio.sleep(s)\n    print("did", name)\nasync def main():\n    await task("M")\nif __name__ == "__main__":\n    asyncio.run(main())\n',
    });

  test('one function alone: what the file runs of itself is left out', async () => {
    const { code, stdout, stderr } = await command(['run', `${file()}::task("X")`]);
    expect(code).toBe(0);
    expect(stdout).toContain('did X');
    expect(stdout).not.toContain('did M');
    expect(stderr).toContain('`if __name__ == "__main__":` (line 7) was left out: only what you asked for runs.');
  });

  test('it runs as it is written, if it runs', async () => {
    const { stdout, stderr } = await command(['run', file()]);
    expect(stdout).toContain('did M');
    expect(stderr).not.toMatch(/left out|asyncio\.run/);
  });

  test('its main, if nothing in it starts a loop', async () => {
    const lone = program({
      'lone.py':
        'import asyncio\nasync def helper():\n    await asyncio.sleep(1)\nasync def main():\n    await helper()\n    print("ran")\n',
    });
    const { stdout, stderr } = await command(['run', lone]);
    expect(stdout).toContain('ran\n');
    expect(stderr).toContain('The code only defines functions and values, so Coroscope ran `main()` with asyncio.run.');
  });

  test('no such function', async () => {
    const { code, stderr } = await command(['run', `${file()}::gone`]);
    expect(code).toBe(3);
    expect(stderr).toBe('coroscope: There is no function `gone` here.\n');
  });
});

describe('code from elsewhere', () => {
  test('-c: await may stand outside of functions; what follows is the program’s', async () => {
    const { code, stdout, stderr } = await command([
      'run',
      '--width',
      '80',
      '-c',
      'import sys\nawait asyncio.sleep(1)\nprint(sys.argv)',
      'a',
      '-c',
      'd',
      '-m',
      'e',
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain("['-c', 'a', '-c', 'd', '-m', 'e']\n");
    expect(stderr).toContain('Added the missing `import asyncio`.');
  });

  test('standard input', async () => {
    const { code, stdout, stderr } = await coroscope(['run', '-'], {
      stdin:
        'import asyncio\nasync def main():\n    await asyncio.sleep(1)\n    raise ValueError("no")\nasyncio.run(main())\n',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/File "<stdin>", line 4, in main/);
    expect(stdout).toContain('main() Task-1');
  });

  test.runIf(interpreters.length > 0)('-m: a module, as python -m finds it', async () => {
    const file = program({
      'mod.py':
        'import asyncio, sys\nasync def main():\n    await asyncio.sleep(0.01)\n    print(__name__, sys.argv[1:], sys.argv[0].endswith("mod.py"))\nasyncio.run(main())\n',
    });
    const { code, stdout } = await coroscope(['run', '--html', 'x', '-m', 'mod'], { cwd: folderOf(file) });
    expect(code).toBe(0);
    expect(stdout).toContain('__main__ [] True\n');
    const gone = await coroscope(['run', '-m', 'gone.module'], { cwd: folderOf(file) });
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(/No module named '?gone/);
    const embedded = await coroscope(['run', '--engine', 'embedded', '-m', 'mod'], { cwd: folderOf(file) });
    expect(embedded.stderr).toContain('The embedded Python sees no files: to run a module, use an interpreter.');
  });

  test('a cell of a notebook, with what other cells define', async () => {
    const cell = (source: string[], type = 'code') => ({ cell_type: type, source, metadata: {}, outputs: [] });
    const file = join(scratch(), 'book.ipynb');
    const cells = [
      cell(['# Title'], 'markdown'),
      cell([
        '%pip install x\n',
        'import asyncio\n',
        'async def work(n):\n',
        '    await asyncio.sleep(n)\n',
        '    print("worked", n)',
      ]),
      cell(['task = asyncio.create_task(work(2))\n', 'await work(1)']),
    ];
    writeFileSync(file, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
    expect(readFileSync(file, 'utf8')).toContain('cells');
    expect((await command(['run', file])).stdout).toContain('book.ipynb has 2 blocks of Python.');
    const { stdout, stderr, code } = await command(['run', `${file}#2`]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    // As in a notebook, what a cell began goes on when the cell has ended.
    expect(stdout).toContain('worked 1\nworked 2\n');
  });
});

describe('several ways to do the same in one block', () => {
  const ways = '```python\nimport asyncio\nasync def f():\n    print("ran")\nawait f()\n또는\nasyncio.run(f())\n```\n';

  test('are listed, asked for, and run one by one', async () => {
    const file = program({ 'ways.md': ways });
    const at = { cwd: folderOf(file) };
    const list = (await command(['run', 'ways.md'], at)).stdout;
    expect(list).toMatch(/#1a +line 5 +await f\(\)/);
    expect(list).toMatch(/#1b +line 7 +asyncio\.run\(f\(\)\)/);
    const asked = await command(['run', 'ways.md#1'], at);
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('\n  coroscope run ways.md#1a\n  coroscope run ways.md#1b\n');
    const { code, stdout, stderr } = await command(['run', 'ways.md#1b'], at);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ran\n/);
    expect(stderr).toContain('Number 2 was run (lines 7 to 7)');
  });
});

describe('a program is run as it is written', () => {
  const server =
    'import asyncio\nclass Server:\n    async def serve(self):\n        print("served")\n    def run(self):\n        asyncio.run(self.serve())\n';

  test.skipIf(interpreters.length === 0)('where another module starts the loop, nothing else is called', async () => {
    const main = 'import server\nasync def unused():\n    print("never")\nserver.Server().run()\n';
    const { code, stdout, stderr } = await coroscope(['run', program({ 'p.py': main, 'server.py': server })]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^served\n/);
    expect(stdout + stderr).not.toMatch(/never|unused/);
  });

  test('that nothing started a loop is said when it has turned out so, with what to type', async () => {
    const { code, stdout, stderr } = await coroscope(['run', program('async def main():\n    pass\nprint("done")\n')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^done\n/);
    expect(stderr).toMatch(
      /Nothing in program\.py started an event loop\. To run one of its coroutine functions by itself:\n {2}coroscope run '.*program\.py::main\(\)'/,
    );
  });
});
