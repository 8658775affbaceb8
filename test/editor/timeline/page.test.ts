import { expect, test, vi } from 'vitest';
import { page } from '../../../src/editor/timeline/page';
import { FakeWebview, Uri } from '../fake-vscode';

vi.mock('vscode', () => import('../fake-vscode'));

test('a page in VS Code loads and runs nothing but its own script, once for each page', () => {
  const made = (language: string) => page(new FakeWebview() as never, Uri.file('/extension/dist') as never, language);
  const [one, other] = [made('en'), made('"><script>alert(1)</script>')];
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(one)?.[1] ?? '';
  const allowed = Object.fromEntries(policy.split('; ').map((each) => each.split(/ (.*)/).slice(0, 2)));
  const nonce = /<script nonce="(\w+)"/.exec(one)?.[1];
  expect(allowed).toEqual({
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}'`,
    'style-src': 'here',
    'font-src': 'here',
  });
  expect(other).not.toContain(nonce);
  for (const each of [one, other]) expect(each.match(/<script/g)).toHaveLength(1);
});
