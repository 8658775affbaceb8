import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { pythonProcesses } from '../../src/engines/attach/processes';
import { interpreters, program } from './here';

test.skipIf(interpreters.length === 0)('Python processes are listed with what they run', async () => {
  const file = program('import sys, time\nprint("up", flush=True)\nsys.stdin.read()\n');
  const child = spawn(interpreters[0].command, ['-X', 'dev', file, 'two words']);
  try {
    await once(child.stdout, 'data');
    const found = (await pythonProcesses()).find(({ pid }) => pid === child.pid);
    expect(found?.program).toBe('program.py');
    expect(found?.command).toContain(`-X dev ${file} "two words"`);
    expect((await pythonProcesses()).some(({ pid }) => pid === process.pid)).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
});
