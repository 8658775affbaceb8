import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { wordsOf } from '../../src/export/page-words';
import { dist } from '../engines/here';

test('messages are found however the build writes their letters', () => {
  const script = String.raw`t("It\u2019s \"here\""),t('a\nb'),t(${'`{0} tasks`'})`;
  const words = { 'It’s "here"': '1', 'a\nb': '2', '{0} tasks': '3', 'Not in it': '4' };
  expect(Object.values(wordsOf(script, words))).toEqual(['1', '2', '3']);
});

test('a page has those of its script, and not those of the editor', () => {
  const words = wordsOf(readFileSync(join(dist, 'webview', 'main.js'), 'utf8'), korean);
  for (const shown of ['Story', 'Which task runs next?', '{0} has finished.', 'Keys (?)'])
    expect(words).toHaveProperty([shown]);
  expect(words).not.toHaveProperty(['Python allows this only inside `async def`.']);
  expect(Object.keys(words).length).toBeLessThan(Object.keys(korean).length * 0.75);
});
