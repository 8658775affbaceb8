import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the notices name what the bundles hold, each with its licence and the text of it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['notices.mjs', '--check'], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('the notices go with every package', () => {
  const kept = readFileSync('.vscodeignore', 'utf8').split('\n');
  expect(kept).toContain('!ThirdPartyNotices.md');
  expect(kept).toContain('!LICENSE');
});
