import { expect, test, vi } from 'vitest';
import { hostOfNode } from '../../src/hosts/node/host';
import { Uri } from '../editor/fake-vscode';

vi.mock('vscode', () => import('../editor/fake-vscode'));

const { engines, paths, files } = hostOfNode({ assets: '', cache: '' });

test('what is not on the disk runs on the embedded Python', () => {
  const virtual = { scheme: 'vscode-vfs', path: '/owner/repo/a.py' } as never;
  expect(engines.engineFor(virtual, 'interpreter')).toBe('embedded');
  expect(engines.engineFor(Uri.file('/a.py') as never, 'interpreter')).toBe('interpreter');
  expect(engines.engineFor({ scheme: 'untitled', path: 'Untitled-1' } as never, 'auto')).toBe('auto');
});

test('paths are those of the system, and only its own files stay where they are', async () => {
  expect(paths.of(Uri.file('/work/a.py') as never)).toBe('/work/a.py');
  expect(await files.stored({ scheme: 'vscode-vfs', fsPath: '/a.coroscope' } as never)).toBeUndefined();
});
