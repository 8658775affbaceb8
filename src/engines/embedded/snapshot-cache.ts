import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { engineKey } from './engine-files';

/**
 * The cache of snapshots: the first run makes one, later runs use it. An error here only costs the time that a snapshot
 * saves.
 */

const NAME = /^embedded-python-[0-9a-f]{64}\.bin$/;
const UNFINISHED = /^embedded-python-.*\.tmp$/;
/** Another Node, or another version of Coroscope, may be in use beside this one; the rest are of versions that are gone. */
const MOST_KEPT = 2;
/** A file that is being written for longer than this was abandoned (ms). */
const ABANDONED = 3_600_000;

/** Whose snapshot is being made in this process: of two Pythons that load at once, one makes it. */
const making = new Set<string>();

/** A folder for what can be made again, as the system has one for each user. @throws an error of the system if the user has no home */
export function userCacheFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  if (platform === 'win32') return join(local || join(homedir(), 'AppData', 'Local'), 'coroscope', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'coroscope');
  // The specification has relative paths ignored.
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'coroscope');
}

/** @param folder default that of the user @returns the file in which the snapshot of this engine is, or will be; undefined: nowhere */
export function snapshotFile(assets: string, folder?: string): string | undefined {
  try {
    return join(folder ?? userCacheFolder(), `embedded-python-${engineKey(assets)}.bin`);
  } catch {
    return undefined;
  }
}

/** It has just been used: the others go before it. */
export function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Another process may have deleted it.
  }
}

/** A snapshot that is being written, under another name until it is whole. */
export class SnapshotWriter {
  readonly #unfinished: string;
  #fd: number | undefined;

  /** @returns undefined if it cannot be written, or is being made already */
  static open(file: string): SnapshotWriter | undefined {
    if (making.has(file)) return undefined;
    try {
      return new SnapshotWriter(file);
    } catch {
      return undefined;
    }
  }

  /** @throws an error of the file system */
  private constructor(private readonly file: string) {
    this.#unfinished = `${file.slice(0, -'.bin'.length)}-${randomUUID()}.tmp`;
    makeFolder(dirname(file));
    this.#fd = openSync(this.#unfinished, 'wx', 0o600);
    making.add(file);
  }

  /** Where to write it; undefined: it is closed. */
  get fd(): number | undefined {
    return this.#fd;
  }

  /** All of it was written, with its hash behind it. */
  finish(): void {
    try {
      renameSync(this.#unfinished, this.file);
      prune(this.file);
    } catch {
      // As without one.
    }
    this.close();
  }

  /** Deletes an incomplete file. */
  close(): void {
    making.delete(this.file);
    try {
      if (this.#fd !== undefined) closeSync(this.#fd);
      rmSync(this.#unfinished, { force: true });
    } catch {
      // It is taken away later, as abandoned.
    }
    this.#fd = undefined;
  }
}

/** With the folder above it. Not `recursive`: with that Node never comes back from below /proc. @throws an error of the file system */
function makeFolder(folder: string): void {
  for (const each of [dirname(folder), folder]) if (!existsSync(each)) mkdirOnce(each);
}

/** Another process may be faster. */
function mkdirOnce(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** Deletes snapshots that are not used any more. */
function prune(newest: string): void {
  const folder = dirname(newest);
  const found = readdirSync(folder)
    .filter((name) => NAME.test(name) || UNFINISHED.test(name))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  const whole = found.filter(({ path }) => path.endsWith('.bin') && path !== newest);
  const old = found.filter(({ path, time }) => path.endsWith('.tmp') && Date.now() - time > ABANDONED);
  for (const { path } of [...whole.slice(MOST_KEPT - 1), ...old]) rmSync(path, { force: true });
}
