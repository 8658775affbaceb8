import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { visibleLiterals } from './visible-literals';

const files = ['src/editor', 'src/hosts', 'src/engines', 'src/core', 'webview'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`),
);

/** Visible texts that need no translation where they stand. */
const ALLOWED = new Set([
  // A key of the catalogue: translated where it is shown, by `stopMessage`.
  'The recording is cut off: the program was killed, or the file is incomplete.',
  // For developers of Coroscope: it goes to the output channel.
  'Message from the host: ',
]);

describe('no text that people see goes past the catalogue', () => {
  test.each(files)('%s', (file) => {
    const seen = visibleLiterals(file, readFileSync(file, 'utf8'));
    expect(seen.filter(({ text }) => !ALLOWED.has(text))).toEqual([]);
  });

  test('the check sees what it is there for', () => {
    const seen = (code: string) => visibleLiterals('a.ts', code).map(({ sink, text }) => `${sink} ${text}`);
    expect(seen("window.showErrorMessage('It went wrong.')")).toEqual(['showErrorMessage() It went wrong.']);
    expect(seen("item.tooltip = wrong ? 'It went wrong' : t('fine')")).toEqual(['.tooltip = It went wrong']);
    expect(seen("item.setAttribute('aria-label', 'Task number ' + n)")).toEqual(['aria-label= Task number ']);
    expect(seen("h('p', {}, h('b', { title: 'Zoom in' }), 'Nothing was found')")).toEqual([
      'h() Nothing was found',
      'title: Zoom in',
    ]);
    expect(seen("throw new EngineError('No Python here')")).toEqual(['new EngineError() No Python here']);
    expect(
      seen("x.title = [t('One task'), name].join(' · '); x.label = name + ' ms'; f({ title: 'Coroscope' })"),
    ).toEqual([]);
  });
});
