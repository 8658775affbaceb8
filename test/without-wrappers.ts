import { spawnSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Puts the folder of the `python3` that PATH gives in front of it. Where that is a wrapper, such as a shim of pyenv, each start of a
 * Python would take half a second more, and these tests start hundreds.
 */
export function startPythonsDirectly(): void {
  const { status, stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
  if (status === 0 && stdout.trim() !== '')
    process.env.PATH = [dirname(stdout.trim()), process.env.PATH].join(delimiter);
}
