import { expect, test, vi } from 'vitest';

const readFile = vi.fn();
vi.mock('vscode', () => ({ workspace: { fs: { readFile } } }));
const { isSaved } = await import('../../../src/editor/program/is-saved');

const uri = {} as Parameters<typeof isSaved>[0];

test.each([
  ['the same text', 'a = 1\n', 'a = 1\n', true],
  ['other ends of lines, and a mark at the beginning', '\ufeffa = 1\r\nb\r\n', 'a = 1\nb\n', true],
  ['the text before an edit that came while it was saved', 'takes 2 seconds\n', 'takes 2s\n', false],
])('%s', async (_what, disk, editor, expected) => {
  readFile.mockResolvedValue(new TextEncoder().encode(disk));
  expect(await isSaved(uri, editor)).toBe(expected);
});

test('a file in another encoding is read by Python itself', async () => {
  readFile.mockResolvedValue(Uint8Array.of(0xe9, 0x0a));
  expect(await isSaved(uri, 'é\n')).toBe(true);
});

test('a file that is gone', async () => {
  readFile.mockRejectedValue(new Error('FileNotFound'));
  expect(await isSaved(uri, 'a\n')).toBe(false);
});
