import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPythons } from './engines/pythons';

/** Before a suite: the Pythons are looked for once. All that a run of a suite leaves in the folder for temporary files, of which there are some hundred, is in one folder, and goes with it. */
export default async function setup(): Promise<() => void> {
  // Short: Chromium has a socket below it, whose path may take no more than some hundred bytes.
  const folder = mkdtempSync(join(tmpdir(), 'co-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
  await findPythons();
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
