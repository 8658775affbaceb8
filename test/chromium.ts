import { spawnSync } from 'node:child_process';

/** A Chromium for tests. */

/** The headless shell first: it has no windows of its own, and a page costs it half the processor time. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns the path of the one that `CHROMIUM` names, or of one on the PATH; none: undefined */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM || NAMES.map(onPath).find(Boolean);
}

export function onPath(name: string): string | undefined {
  const { stdout, status } = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
