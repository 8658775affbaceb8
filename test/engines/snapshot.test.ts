import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { EmbeddedEngine } from '../../src/engines/embedded/engine';
import { StoredSnapshot, writeSnapshot } from '../../src/engines/embedded/snapshot';
import { SnapshotWriter, snapshotFile, userCacheFolder } from '../../src/engines/embedded/snapshot-cache';
import { coroscope } from '../cli/coroscope';
import { dist, program, runs } from './here';

/** The snapshot of the embedded Python: the first run makes it, the next ones use it, and a failure never prevents a run. */

const t = translator(undefined);
const open: EmbeddedEngine[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.dispose();
});

const folder = () => join(mkdtempSync(join(tmpdir(), 'coroscope-test-')), 'cache');

/** One Python that starts with this cache, and what a program says there. */
async function started(
  cache: string,
  assets = dist,
  source = 'import asyncio\nasyncio.run(asyncio.sleep(1, print("well")))',
) {
  const python = new EmbeddedEngine(assets, t, { cache });
  open.push(python);
  const { stdout } = await runs(program(source), { engine: 'embedded', python });
  return { stdout, snapshot: python.fromSnapshot };
}

/** The whole snapshot; undefined if there is no complete one. */
function readSnapshot(path: string): Uint8Array | undefined {
  const stored = StoredSnapshot.open(path);
  if (!stored) return undefined;
  try {
    const snapshot = stored.take(new Uint8Array(stored.length).fill(9));
    stored.check();
    return snapshot;
  } catch {
    return undefined;
  } finally {
    stored.close();
  }
}

const files = (cache: string) => readdirSync(cache).sort();

/** A cache with a snapshot in it, which is made once: that takes a Python seconds. */
let made: Promise<string> | undefined;
async function withSnapshot(): Promise<string> {
  made ??= (async () => {
    const cache = folder();
    await started(cache);
    return cache;
  })();
  const cache = folder();
  cpSync(await made, cache, { recursive: true });
  return cache;
}

test('the first run makes it, the second one starts from it', async () => {
  const cache = folder();
  expect(await started(cache)).toEqual({ stdout: 'well\n', snapshot: false });
  const [name, ...others] = files(cache);
  expect(name).toMatch(/^embedded-python-[0-9a-f]{64}\.bin$/);
  expect(others).toEqual([]);
  if (process.platform !== 'win32') expect(statSync(join(cache, name)).mode & 0o077).toBe(0);
  expect(await started(cache)).toEqual({ stdout: 'well\n', snapshot: true });
  expect(files(cache)).toEqual([name]);
  made ??= Promise.resolve(cache);
});

test('one that is damaged is made again without a word', async () => {
  const cache = await withSnapshot();
  const file = join(cache, files(cache)[0]);
  const whole = readFileSync(file);
  // Pages of zeros are not in the file.
  expect(readSnapshot(file)!.length).toBeGreaterThan(1.5 * whole.length);
  for (const length of [0, 11, 12, 40, 10_000_000, whole.length - 1]) {
    writeFileSync(file, whole.subarray(0, length));
    expect(readSnapshot(file), `${length} bytes of it`).toBeUndefined();
  }
  const changed = Buffer.from(whole);
  changed[10_000_000] ^= 1;
  writeFileSync(file, changed);
  expect(readSnapshot(file)).toBeUndefined();
  expect(await started(cache)).toEqual({ stdout: 'well\n', snapshot: false });
  expect(readSnapshot(file)).toBeDefined();
});

test.each([
  ['nothing', []],
  ['nothing but zeros', [[0, 20_000]]],
  [
    'zeros at its end',
    [
      [7, 5000],
      [0, 9000],
    ],
  ],
  [
    'zeros at its beginning',
    [
      [0, 9000],
      [7, 1],
    ],
  ],
  [
    'zeros in the middle',
    [
      [7, 4096],
      [0, 8192],
      [7, 4096],
      [0, 4096],
      [7, 10],
    ],
  ],
] as [string, [number, number][]][])('what is read is what was written: %s', (_what, stretches) => {
  const file = join(mkdtempSync(join(tmpdir(), 'coroscope-test-')), 'snapshot');
  const snapshot = Uint8Array.from(stretches.flatMap(([value, count]) => new Array(count).fill(value)));
  const fd = openSync(file, 'w');
  writeSnapshot(fd, snapshot);
  closeSync(fd);
  expect(readSnapshot(file)).toEqual(snapshot);
  expect(readFileSync(file).length).toBeLessThan(snapshot.filter((value) => value !== 0).length + 4096 * 4);
});

test('another tracer has another one', async () => {
  const assets = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
  for (const name of ['pyodide', 'python', 'embedded-python.mjs'])
    cpSync(join(dist, name), join(assets, name), { recursive: true });
  const cache = await withSnapshot();
  writeFileSync(join(assets, 'python', 'coroscope', 'new.py'), 'x = 1\n');
  expect((await started(cache, assets)).snapshot).toBe(false);
  expect(files(cache).length).toBe(2);
});

test.each([
  // Root may write everywhere else.
  ...(process.platform === 'linux' ? [['below /proc', () => '/proc/coroscope/cache']] : []),
  [
    'a file where the folder should be',
    () => {
      const path = folder();
      writeFileSync(path, '');
      return path;
    },
  ],
  [
    'a folder where the file should be',
    () => {
      const path = folder();
      mkdirSync(snapshotFile(dist, path)!, { recursive: true });
      return path;
    },
  ],
] as [string, () => string][])('a cache that cannot be used is not in the way: %s', async (_what, make) => {
  const cache = make();
  expect(await started(cache)).toEqual({ stdout: 'well\n', snapshot: false });
  if (cache.startsWith(tmpdir()) && statSync(cache).isDirectory()) expect(files(cache).length).toBe(1);
});

test.runIf(process.platform === 'linux')('two commands that start at once', async () => {
  const home = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
  const file = program('import asyncio\nasyncio.run(asyncio.sleep(1, print("well")))');
  const once = () => coroscope(['run', '--engine', 'embedded', file], { env: { XDG_CACHE_HOME: home } });
  for (const { code, stdout } of await Promise.all([once(), once()])) {
    expect(code).toBe(0);
    expect(stdout).toMatch(/^well\n/);
  }
  const cache = join(home, 'coroscope');
  expect(files(cache).length).toBe(1);
  expect((await started(cache)).snapshot).toBe(true);
});

test('of those that write it each leaves a whole one, and old ones go', () => {
  const cache = folder();
  const name = (digit: string) => join(cache, `embedded-python-${digit.repeat(64)}.bin`);
  for (const [age, digit] of ['1', '2', '3'].entries()) {
    const writer = SnapshotWriter.open(name(digit))!;
    writeSnapshot(writer.fd!, Uint8Array.of(1, 2, 3));
    // While it is being made here, no second one is.
    expect(SnapshotWriter.open(name(digit))).toBeUndefined();
    expect(existsSync(name(digit))).toBe(false);
    writer.finish();
    expect(readSnapshot(name(digit))).toEqual(Uint8Array.of(1, 2, 3));
    const then = new Date(Date.now() - (9 - age) * 1000);
    utimesSync(name(digit), then, then);
  }
  expect(files(cache).length).toBe(2);
  const abandoned = join(cache, 'embedded-python-x.tmp');
  writeFileSync(abandoned, 'x');
  utimesSync(abandoned, new Date(0), new Date(0));
  writeFileSync(join(cache, 'of somebody else.tmp'), 'x');
  const writer = SnapshotWriter.open(name('4'))!;
  writeSnapshot(writer.fd!, Uint8Array.of(1));
  writer.close();
  // An unfinished snapshot leaves no files.
  expect(files(cache).filter((file) => file.includes('4444'))).toEqual([]);
  SnapshotWriter.open(name('5'))!.finish();
  expect(files(cache)).toEqual(
    [name('3'), name('5')].map((path) => path.slice(cache.length + 1)).concat('of somebody else.tmp'),
  );
});

test('gives no two Pythons the same chance, and the same hashes', async () => {
  const cache = await withSnapshot();
  const chance =
    'import os, random, secrets, uuid\nprint(random.random(), os.urandom(8).hex(), uuid.uuid4(), secrets.token_hex(4), hash("text"))';
  const all = [];
  for (let i = 0; i < 3; i++) all.push((await started(cache, dist, chance)).stdout.split(/\s+/));
  for (let i = 0; i < 4; i++) expect(new Set(all.map((said) => said[i])).size).toBe(3);
  expect(new Set(all.map((said) => said[4])).size).toBe(1);
});

test('the folder is where the system has such things', () => {
  expect(userCacheFolder({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(join('/x', 'coroscope'));
  expect(userCacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux')).toMatch(/\.cache.coroscope$/);
  expect(userCacheFolder({}, 'darwin')).toMatch(/Library.Caches.coroscope$/);
  expect(userCacheFolder({ LOCALAPPDATA: 'C:' }, 'win32')).toBe(join('C:', 'coroscope', 'cache'));
});
