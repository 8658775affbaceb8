import { posix } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { translator } from '../../src/core/translate';
import { chooseEmbedded } from '../../src/hosts/browser/choose';
import { pathsOfUris } from '../../src/hosts/browser/paths';

vi.mock('vscode', () => import('../editor/fake-vscode'));

/** The host in a browser: paths as Node has them, and which programs it runs. */

const t = translator(undefined);
const path = fc
  .array(fc.constantFrom('a', 'b.py', '..', '.', '', '글'), { minLength: 1, maxLength: 6 })
  .map((parts) => `/${parts.join('/')}`);

test('paths are those of POSIX', () => {
  fc.assert(
    fc.property(path, path, (one, other) => {
      const whole = posix.normalize(one).replace(/(.)\/$/, '$1');
      expect(pathsOfUris.normalize(one)).toBe(whole);
      expect(pathsOfUris.relative(one, other)).toBe(posix.relative(one, other));
      expect(pathsOfUris.dirname(whole)).toBe(posix.dirname(whole));
      expect(pathsOfUris.join(whole, 'c.py')).toBe(posix.join(whole, 'c.py'));
    }),
  );
});

const choose = (source: string, more: object = {}) =>
  chooseEmbedded(
    { engine: 'auto', file: '/w/p.py', source, cwd: '/w', assets: '', ...more },
    '3.14.2',
    (module) => module === 'beside',
    t,
  );

test('what the embedded Python can run, it runs', () => {
  expect(choose('import asyncio')).toMatchObject({ engine: 'embedded', description: 'embedded Python 3.14.2' });
  expect(choose('import httpx').reason).toBe(
    'In a browser there is no Python with the module httpx. The program runs until it needs the module.',
  );
  expect(choose('import beside', { engine: 'embedded' }).reason).toBe('You chose the embedded Python.');
});

test.each([
  [
    'import socket\nsocket.socket()',
    {},
    /interpreters need VS Code on the desktop: it uses sockets \(socket.socket, line 2\)/,
  ],
  ['import beside', {}, /it imports beside \(line 1\), a file beside it/],
  ['', { engine: 'interpreter' }, /^Your settings ask for an interpreter/],
  ['', { clock: 'real' }, /^Your settings ask for an interpreter/],
  ['', { module: 'pkg' }, /^Running a module needs an interpreter/],
])('what needs an interpreter is refused in one sentence: %s', (source, more, message) => {
  expect(() => choose(source, more)).toThrow(message);
});
