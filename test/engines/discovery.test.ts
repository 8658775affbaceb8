import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { candidates, findInterpreter } from '../../src/engines/interpreter/discovery';
import { probe } from '../../src/engines/interpreter/probe';
import { interpreters, oldInterpreters } from './here';

const posix = process.platform !== 'win32';

/** A command that answers as a Python would. */
function fake(folder: string, name: string, answer: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${answer}'\n`);
  chmodSync(file, 0o755);
  return file;
}
const empty = () => mkdtempSync(join(tmpdir(), 'coroscope-test-'));

test.runIf(posix)('the active environment comes first, then the own one of the project, then the PATH', () => {
  const [active, project, path] = [empty(), empty(), empty()];
  fake(active, 'bin/python', '');
  fake(project, '.venv/bin/python', '');
  writeFileSync(join(project, '.venv', 'pyvenv.cfg'), '');
  fake(path, 'python3', '');
  fake(path, 'python', '');
  const folder = join(project, 'src', 'deep');
  mkdirSync(folder, { recursive: true });
  const found = candidates({ env: { VIRTUAL_ENV: active, PATH: path }, platform: 'linux', folder });
  expect(found.map(({ command }) => command)).toEqual([
    join(active, 'bin/python'),
    join(project, '.venv/bin/python'),
    join(path, 'python3'),
    join(path, 'python'),
  ]);
});

test('on Windows: python.exe, and the launcher last', () => {
  const path = empty();
  for (const name of ['py.exe', 'python.exe']) writeFileSync(join(path, name), '');
  const found = candidates({ env: { Path: path }, platform: 'win32', folder: path });
  expect(found).toEqual([
    { command: join(path, 'python.exe'), args: [] },
    { command: join(path, 'py.exe'), args: ['-3'] },
  ]);
});

test.runIf(posix)('what is too old, broken or no CPython is passed over', async () => {
  const path = empty();
  fake(path, 'python3', 'coroscope 3.8.18 CPython /usr/bin/python3.8');
  fake(path, 'python', 'coroscope 3.10.14 PyPy /usr/bin/pypy');
  fake(path, 'python3.15', 'pyenv: no such version');
  const good = fake(path, 'python3.12', 'coroscope 3.12.1 CPython ');
  const { interpreter, rejected } = await findInterpreter({ env: { PATH: path }, platform: 'linux', folder: path });
  expect(interpreter).toEqual({ command: good, version: '3.12.1' });
  expect(rejected.map(({ kind }) => kind)).toEqual(['old', 'other', 'broken']);
});

test('nothing there', async () => {
  const path = empty();
  expect(await findInterpreter({ env: { PATH: path }, platform: process.platform, folder: path })).toEqual({
    interpreter: undefined,
    rejected: [],
  });
  expect(await probe(join(path, 'python'))).toMatchObject({ kind: 'missing' });
});

test.runIf(interpreters.length > 0)('a real one tells its version and where it really is', async () => {
  const result = await probe(interpreters[0].command);
  expect(result).toEqual({ kind: 'good', interpreter: interpreters[0] });
});

test.runIf(oldInterpreters.length > 0)('a real old one is told to be old', async () => {
  expect(await probe(oldInterpreters[0])).toMatchObject({ kind: 'old' });
});
