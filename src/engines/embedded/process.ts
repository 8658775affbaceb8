import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { CHILD } from './engine-files';
import type { ChildConfig } from './protocol';

/** V8's own bound is meant for small stacks; Python's deep recursion needs what the system gives a main thread (8 MB). In KB. */
const STACK = 3_900;

/**
 * The outer layer: a process with an empty environment and no descriptors but three pipes (and, until it is loaded, where it writes its snapshot), which may read the engine's files and do
 * nothing else: no writing, no processes, workers or addons.
 * @param permission how this runtime calls its permission model; none: it has none
 * @param snapshot where to write that
 */
export function spawnChild(config: ChildConfig, permission: string | undefined, snapshot?: number): ChildProcess {
  const script = join(config.assets, CHILD);
  const flags = ['--no-warnings'];
  if (process.platform !== 'win32') flags.push(`--stack-size=${STACK}`);
  if (config.layers.outer) {
    if (permission !== undefined) flags.push(permission, ...readable(config).map((path) => `--allow-fs-read=${path}`));
    flags.push('--no-addons');
  }
  return spawn(process.execPath, [...flags, script, JSON.stringify(config)], {
    cwd: config.assets,
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe', ...(snapshot === undefined ? [] : [snapshot])],
    windowsHide: true,
    // Ctrl+C in a terminal goes to the command, which tells this process what to do.
    detached: process.platform !== 'win32',
  });
}

function readable({ assets, stop, snapshot }: ChildConfig): string[] {
  const engine = [join(assets, CHILD), join(assets, 'pyodide', '*'), join(assets, 'python', '*')];
  return snapshot === undefined ? [...engine, stop] : [...engine, stop, snapshot];
}

/** Not the host's environment, which often has keys and tokens. */
function environment(): NodeJS.ProcessEnv {
  return {
    // VS Code's runtime is Electron, and acts as Node only with this.
    ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
    // Local time is that of the user.
    ...(process.env.TZ === undefined ? {} : { TZ: process.env.TZ }),
    // Windows cannot load its cryptography without it.
    ...(process.platform === 'win32' && process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
  };
}

/** How the runtime that this runs on calls its permission model; undefined: it has none. */
export function permissionFlag(): string | undefined {
  return ['--permission', '--experimental-permission'].find((flag) => process.allowedNodeEnvironmentFlags.has(flag));
}
