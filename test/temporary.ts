import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPythons } from './engines/pythons';
import { startPythonsDirectly } from './without-wrappers';

/** Runs before a suite: looks for the Pythons once, and makes one folder for all temporary files, which is removed at the end. */
export default async function setup(): Promise<() => void> {
  // Short, because Chromium puts a socket below it, and paths of sockets are limited to about a hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), 'co-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  // The user's own holds what the user's Coroscope made. Most builds change nothing of what a snapshot is made of.
  process.env.XDG_CACHE_HOME = resolve('node_modules', '.cache');
  // Otherwise each start of CPython would compile the tracer again, which is a third of the time of most of these programs.
  delete process.env.PYTHONDONTWRITEBYTECODE;
  process.env.PYTHONPYCACHEPREFIX = join(folder, 'compiled');
  startPythonsDirectly();
  await findPythons();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
