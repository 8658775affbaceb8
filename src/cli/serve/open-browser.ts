import { spawn } from 'node:child_process';
import type { Screen } from '../screen';

/** Whether somebody sits before a browser of this machine: there is a terminal, and a desktop around it. */
export function hasBrowser({ env, stderr }: Screen, platform: NodeJS.Platform = process.platform): boolean {
  if (stderr.isTTY !== true || env.CI || env.SSH_CONNECTION || env.BROWSER === 'none') return false;
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens an address in the browser. Where that fails, the address was printed. */
export function openBrowser(url: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...args] =
    platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', url]
      : platform === 'darwin'
        ? ['open', url]
        : ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsHide: true });
  child.on('error', () => {});
  child.unref();
}
