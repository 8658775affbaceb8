import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Timeline } from '../../src/core/timeline/model';
import { foldersOf, readSources } from '../../src/export/read-sources';
import { scratch } from '../cli/coroscope';

const TEXT = 'async def main():\n    pass\n';
const until = Number.POSITIVE_INFINITY;

/** A timeline whose tasks stood in these files of the user's. */
function ranIn(...files: string[]): Timeline {
  const sites = files.map((file) => ({ code: { file, user: true } }));
  return { meta: { program: files[0] }, sites: [undefined, ...sites] } as unknown as Timeline;
}

const names = (sources: readonly { readonly file: string }[]) => sources.map(({ file }) => file);

function folderWith(...files: string[]): string {
  const folder = scratch();
  for (const file of files) writeFileSync(join(folder, file), TEXT);
  return folder;
}

test('the files that a run stood in, the program first, coloured', () => {
  const folder = folderWith('main.py', 'other.py', 'unused.py');
  const timeline = ranIn(join(folder, 'main.py'), join(folder, 'other.py'));
  const sources = readSources(timeline, { folders: [folder], until });
  expect(names(sources)).toEqual([join(folder, 'main.py'), join(folder, 'other.py')]);
  expect(sources[0]).toMatchObject({ text: TEXT, colours: expect.arrayContaining([0, 5]) });
});

test('what was typed or is not saved is shown as it ran', () => {
  const known = [{ file: '<string>', text: TEXT }];
  expect(names(readSources(ranIn('<string>'), { known, folders: [], until }))).toEqual(['<string>']);
});

test('a file that has changed since is not what ran', () => {
  const folder = folderWith('main.py');
  const file = join(folder, 'main.py');
  utimesSync(file, 2000, 2000);
  expect(readSources(ranIn(file), { folders: [folder], until: 1_999_000 })).toEqual([]);
  expect(readSources(ranIn(file), { folders: [folder], until: 2_000_000 })).toHaveLength(1);
});

test('a trace cannot have other files of this machine put into a page', () => {
  const secret = join(folderWith('secret.py'), 'secret.py');
  const folder = folderWith('main.py', '.env', 'key.pem', '..odd.py');
  mkdirSync(join(folder, 'sub'));
  symlinkSync(secret, join(folder, 'link.py'));
  const named = [
    secret,
    '/etc/passwd',
    join(folder, '.env'),
    join(folder, 'key.pem'),
    join(folder, 'link.py'),
    `${folder}/sub/../../${secret.split('/').slice(-2).join('/')}`,
    'main.py',
    join(folder, 'gone.py'),
    folder,
  ];
  expect(names(readSources(ranIn(...named), { folders: [folder], until }))).toEqual([]);
  expect(names(readSources(ranIn(join(folder, '..odd.py')), { folders: [folder], until }))).toHaveLength(1);
});

test('a program that ran here is shown from its own folder too', () => {
  const folder = folderWith('main.py');
  const file = join(folder, 'main.py');
  expect(readSources(ranIn(file), { folders: foldersOf(file, scratch()), until })).toHaveLength(1);
  expect(foldersOf('<string>', '/here')).toEqual(['/here']);
});

test('what is too long for a page is left out', () => {
  const folder = scratch();
  const files = ['a.py', 'b.py'].map((name) => join(folder, name));
  writeFileSync(files[0], '#'.repeat(300_000));
  writeFileSync(files[1], TEXT);
  expect(names(readSources(ranIn(...files), { folders: [folder], until }))).toEqual([files[1]]);
});
