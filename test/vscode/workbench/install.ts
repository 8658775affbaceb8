import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findChromium, onPath } from '../../chromium';

/**
 * A real VS Code workbench from npm: code-server, in a folder of its own outside the project, so that fresh clones use it again.
 * It runs on the Node that runs the tests, which `node` in the project's dependencies makes the right one.
 */

const here = resolve('test/vscode/workbench');
const { dependencies } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Folder of the installed code-server. */
export function installWorkbench(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'coroscope-workbench');
  const home = join(cache, dependencies['code-server']);
  const installed = join(home, 'node_modules', 'code-server');
  if (existsSync(home)) return installed;
  console.log(`Installing a VS Code workbench into ${home} (once, about 620 MB) …`);
  // Installed aside and moved when complete: an interrupted installation must not look like one.
  const aside = `${home}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(here, file), join(aside, file));
    npm(aside, 'ci');
    const code = join(aside, 'node_modules/code-server/lib/vscode');
    // What its own postinstall does, less the native modules that no test needs. Its shrinkwrap lacks a package, so not `ci`.
    npm(code, 'install', '--omit=dev', '--ignore-scripts');
    npm(join(code, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
    // Without this one output channels stay empty.
    npm(code, 'rebuild', '--ignore-scripts=false', '@vscode/spdlog');
    renameSync(aside, home);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
  return installed;
}

function npm(folder: string, ...args: string[]): void {
  run('npm', [...args, '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], folder);
}

/** Path of a Chromium; installed with apt where that is possible and none is there. */
export function installChromium(): string {
  const found = findChromium();
  if (found) return found;
  if (onPath('apt-get')) {
    console.log('Installing Chromium …');
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const apt = (...args: string[]) => {
      const [command, ...rest] = [...sudo, 'apt-get', '-qq', ...args];
      run(command, rest);
    };
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium-headless-shell', 'fonts-dejavu-core', 'fonts-noto-cjk');
  }
  const installed = findChromium();
  if (!installed) throw new Error('No Chromium: install one, or name it in CHROMIUM.');
  return installed;
}

export function run(command: string, args: readonly string[], cwd?: string): string {
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}
