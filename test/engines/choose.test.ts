import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { choose, type WishOfNode as Wish } from '../../src/engines/choose';
import { dist, program } from './here';

const t = translator(undefined);
const nothing = { PATH: mkdtempSync(join(tmpdir(), 'coroscope-test-')) };

function wish(source: string, more: Partial<Wish> = {}): Wish {
  const file = program(source);
  return { engine: 'auto', file, source, cwd: dirname(file), assets: dist, env: nothing, ...more };
}
const chosen = (source: string, more?: Partial<Wish>) => choose(wish(source, more), t);
const refusal = (source: string, more?: Partial<Wish>) =>
  chosen(source, more).then(
    ({ engine }) => engine,
    ({ message }) => message,
  );

describe('auto', () => {
  test('the embedded Python runs what needs the standard library alone', async () => {
    const choice = await chosen(
      'import asyncio, json, contextlib, threading, subprocess, signal\nprint(threading.current_thread())',
    );
    expect(choice).toMatchObject({ engine: 'embedded', clock: 'virtual' });
    expect(choice.description).toMatch(/^embedded Python 3\.\d+/);
    expect(choice.reason).toBe('The embedded Python has everything this program needs.');
  });

  test.each([
    ['import asyncio\nasync def f():\n    await asyncio.to_thread(g)', 'it uses threads (asyncio.to_thread, line 3)'],
    ['from asyncio import to_thread as tt\ntt(g)', 'it uses threads (asyncio.to_thread, line 2)'],
    ['async def f(loop):\n    await loop.run_in_executor(None, g)', 'it uses threads (run_in_executor, line 2)'],
    ['import asyncio\nasyncio.open_connection("x", 1)', 'it uses sockets (asyncio.open_connection, line 2)'],
    ['import asyncio\nasyncio.start_server(f)', 'it uses sockets (asyncio.start_server, line 2)'],
    ['loop.sock_connect(s, a)', 'it uses sockets (sock_connect, line 1)'],
    ['import urllib.request\nurllib.request.urlopen("x")', 'it uses sockets (urllib.request.urlopen, line 2)'],
    [
      'import asyncio\nasyncio.create_subprocess_exec("ls")',
      'it starts processes (asyncio.create_subprocess_exec, line 2)',
    ],
    [
      'import asyncio\nasyncio.create_subprocess_shell("ls")',
      'it starts processes (asyncio.create_subprocess_shell, line 2)',
    ],
    ['import subprocess as sp\nsp.run(["ls"])', 'it starts processes (subprocess.run, line 2)'],
    ['import os\nos.kill(os.getpid(), 9)', 'it talks to the operating system (os.kill, line 2)'],
    ['loop.add_signal_handler(2, f)', 'it talks to the operating system (add_signal_handler, line 1)'],
    ['with open("data.csv") as f: pass', 'it uses files (open, line 1)'],
    ['import hashlib\nhashlib.scrypt(b"")', 'it needs OpenSSL (hashlib.scrypt, line 2)'],
    ['from hashlib import pbkdf2_hmac\npbkdf2_hmac(1)', 'it needs OpenSSL (hashlib.pbkdf2_hmac, line 2)'],
    ['import getpass\ngetpass.getpass()', 'it reads from the keyboard (getpass.getpass, line 2)'],
  ])('%j needs an interpreter', async (source, why) => {
    expect(await refusal(source)).toBe(
      `The embedded Python cannot run this program, because ${why}, and no Python was found. Install Python 3.9 or later, or name one (--engine PATH; in VS Code the setting coroscope.pythonPath).`,
    );
  });

  test('a module beside the program needs an interpreter, even one that hides the standard library', async () => {
    const file = program({ 'main.py': 'import random', 'random.py': '' });
    const why = 'it imports random (line 1), a file beside it';
    expect(await refusal('import random', { file })).toContain(why);
    expect(await refusal('from . import models')).toContain('a file beside it');
    mkdirSync(join(dirname(file), 'models'));
    expect(await refusal('import models.user', { file })).toContain(
      'it imports models.user (line 1), a file beside it',
    );
  });

  test('a module that no Python here has is missing only where it is needed', async () => {
    expect(await chosen('import aiohttp')).toMatchObject({
      engine: 'embedded',
      reason: 'No Python with the module aiohttp was found. The program runs until it needs the module.',
    });
    expect(await refusal('import aiohttp', { annotations: 'off' })).toContain(
      'it imports aiohttp (line 1), which is not in the standard library, and no Python was found.',
    );
    // Simulating the module is not enough if something else is missing, too.
    expect(await refusal('import aiohttp\nopen("x")')).toContain('it imports aiohttp (line 1)');
  });

  test('what the program can do without is no reason', async () => {
    expect(await chosen('try:\n    import uvloop\nexcept ImportError:\n    uvloop = None')).toMatchObject({
      engine: 'embedded',
    });
  });

  test('a clock that only interpreters have', async () => {
    expect(await refusal('import asyncio', { clock: 'real' })).toMatch(
      /^An interpreter is needed, but no Python was found\./,
    );
  });

  test.runIf(process.platform !== 'win32')(
    'an interpreter that is found is used; its reason is a sentence',
    async () => {
      const python = fakePython('3.12.1');
      const choice = await chosen('import aiohttp', { env: { PATH: dirname(python) } });
      expect(choice).toEqual({
        engine: 'interpreter',
        description: `Python 3.12.1 (${python})`,
        reason: 'An interpreter is needed: it imports aiohttp (line 1), which is not in the standard library.',
        clock: 'real',
        interpreter: { command: python, version: '3.12.1' },
      });
      const old = fakePython('3.8.2');
      expect(await refusal('import signal, os\nos.kill(1, 1)', { env: { PATH: dirname(old) } })).toContain(
        `the Python found here (3.8.2, ${old}) is older than 3.9`,
      );
    },
  );
});

describe('asked for', () => {
  test('the embedded Python, whatever the program needs', async () => {
    expect(await chosen('import aiohttp', { engine: 'embedded' })).toMatchObject({ engine: 'embedded' });
    expect(await refusal('', { engine: 'embedded', clock: 'real' })).toMatch(/only the virtual clock/);
  });

  test('a path that is none, or no Python', async () => {
    const { cwd } = wish('');
    expect(await refusal('', { engine: './nowhere/python', cwd })).toBe(
      `There is no Python interpreter at ${join(cwd, 'nowhere/python')}.`,
    );
    expect(await refusal('', { engine: 'pythonic-parrot' })).toBe('There is no Python interpreter at pythonic-parrot.');
    expect(await refusal('', { engine: process.execPath })).toMatch(/is not a Python that works/);
  });

  test.runIf(process.platform !== 'win32')(
    'a path, one too old, one that is no CPython, a virtual environment',
    async () => {
      const python = fakePython('3.13.0');
      expect(await chosen('', { engine: python })).toMatchObject({ engine: 'interpreter', clock: 'real' });
      expect(await chosen('', { engine: python, clock: 'virtual' })).toMatchObject({ clock: 'virtual' });
      const old = fakePython('3.8.0');
      expect(await refusal('', { engine: old })).toBe(`${old} is Python 3.8.0; Coroscope needs 3.9 or later.`);
      const pypy = fakePython('3.10.0', 'PyPy');
      expect(await refusal('', { engine: pypy })).toBe(`${pypy} is PyPy; Coroscope needs CPython.`);
      const environment = dirname(dirname(fakePython('3.11.0', 'CPython', 'bin/python')));
      expect(await chosen('', { engine: environment })).toMatchObject({
        description: expect.stringContaining('3.11.0'),
      });
    },
  );

  test.runIf(process.platform !== 'win32')('an interpreter that the settings name', async () => {
    const pythonPath = fakePython('3.14.0');
    expect(await chosen('', { engine: 'interpreter', pythonPath })).toMatchObject({
      interpreter: { command: pythonPath },
    });
    expect(await chosen('import aiohttp', { pythonPath })).toMatchObject({ interpreter: { command: pythonPath } });
    expect(await refusal('import aiohttp', { pythonPath: '/nowhere/python' })).toBe(
      'There is no Python interpreter at /nowhere/python.',
    );
  });
});

/** A command that answers as a Python of this version would. */
function fakePython(version: string, implementation = 'CPython', name = 'python3'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'coroscope-test-')), name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho 'coroscope ${version} ${implementation} '\n`);
  chmodSync(file, 0o755);
  return file;
}
