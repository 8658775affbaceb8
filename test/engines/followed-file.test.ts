import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { followFile } from '../../src/engines/watch/followed-file';
import { scratch } from '../cli/coroscope';

/** Follows a file, and tells what it heard: the text since it was begun anew. */
function followed(path: string, awaited = false) {
  const stop = new AbortController();
  const heard = { text: '', anew: 0, growing: [] as boolean[], size: 0 };
  let changed = () => {};
  const listener = {
    async bytes(bytes: Uint8Array) {
      heard.text += Buffer.from(bytes).toString('latin1');
    },
    anew() {
      heard.text = '';
      heard.anew++;
      changed();
    },
    caughtUp(growing: boolean, size: number) {
      heard.growing.push(growing);
      heard.size = size;
      changed();
    },
  };
  const done = followFile(path, { awaited }, listener, stop.signal);
  return {
    heard,
    until: (isSo: () => boolean) =>
      Promise.race([
        done,
        new Promise<void>((resolve) => {
          changed = () => isSo() && resolve();
          changed();
        }),
      ]),
    async end() {
      stop.abort();
      await done;
    },
  };
}

test('all that there is, then what is new', async () => {
  const path = join(scratch(), 'grows');
  writeFileSync(path, 'a'.repeat(3_000_000));
  const { heard, until, end } = followed(path);
  await until(() => heard.text.length === 3_000_000);
  appendFileSync(path, 'more');
  await until(() => heard.text.endsWith('more'));
  expect(heard).toMatchObject({ anew: 0, growing: [true, true], size: 3_000_004 });
  await end();
});

test('a file that takes its place, or is written anew, is read from its beginning', async () => {
  const path = join(scratch(), 'replaced');
  writeFileSync(path, 'first');
  const { heard, until, end } = followed(path);
  await until(() => heard.text === 'first');
  writeFileSync(`${path}.part`, 'second');
  renameSync(`${path}.part`, path);
  await until(() => heard.text === 'second');
  truncateSync(path, 0);
  await until(() => heard.anew === 2 && heard.text === '');
  appendFileSync(path, 'third');
  await until(() => heard.text === 'third');
  rmSync(path);
  await end();
});

test('one that is not there yet', async () => {
  const path = join(scratch(), 'later');
  const { heard, until, end } = followed(path, true);
  writeFileSync(path, 'now');
  await until(() => heard.text === 'now');
  await end();
  await expect(followed(join(scratch(), 'never')).end()).rejects.toMatchObject({ code: 'ENOENT' });
});
