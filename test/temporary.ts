import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findPythons } from './engines/pythons';
import { startPythonsDirectly } from './without-wrappers';

/** Before a suite: the Pythons are looked for once. All that a run of a suite leaves in the folder for temporary files, of which there are some hundred, is in one folder, and goes with it. */
export default async function setup(): Promise<() => void> {
  // Short: Chromium has a socket below it, whose path may take no more than some hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), 'co-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  // The user's own holds what the user's Coroscope made. Most builds change nothing of what a snapshot is made of.
  process.env.XDG_CACHE_HOME = resolve('node_modules', '.cache');
  // Each start of a CPython would compile the tracer anew: a third of what most programs of these tests take.
  delete process.env.PYTHONDONTWRITEBYTECODE;
  process.env.PYTHONPYCACHEPREFIX = join(folder, 'compiled');
  startPythonsDirectly();
  await findPythons();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
