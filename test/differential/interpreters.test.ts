import { test } from 'vitest';
import { interpreters } from '../engines/here';
import { forking } from '../random/servers';
import { asBare } from './as-bare';

/** A file of its own, so that interpreters and the embedded Python are tested in parallel. */
const canFork = process.platform !== 'win32';
if (!canFork)
  console.log('skipped: differential programs on interpreters: they run in forked processes, which Windows has not');
for (const { command, version } of canFork ? interpreters : []) {
  const minor = Number(version.split('.')[1]);
  asBare({ label: `3.${minor}`, minor, runner: forking(command), measuring: forking(command, true), python: command });
}
// A file without tests would fail.
if (!canFork || interpreters.length === 0 || process.env.PYTHON === 'embedded') test.skip('no Python to run on');
