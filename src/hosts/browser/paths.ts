import { Uri, workspace } from 'vscode';
import type { Paths } from '../../editor/host/host';

/** Paths are those of URIs: with `/`, whatever the machine writes. The workspace says which file system they are of. */
export const pathsOfUris: Paths = {
  of: ({ path }) => path,
  uri(path) {
    const open = workspace.textDocuments.find(({ uri }) => uri.path === path && uri.scheme !== 'git');
    if (open) return open.uri;
    const folders = workspace.workspaceFolders ?? [];
    const folder = folders.find(({ uri }) => path.startsWith(`${uri.path.replace(/\/$/, '')}/`)) ?? folders[0];
    return folder ? folder.uri.with({ path: normalize(path) }) : Uri.file(path);
  },
  temporary: () => '/tmp',
  dirname: (path) => path.replace(/\/+[^/]*\/*$/, '') || (path.startsWith('/') ? '/' : '.'),
  join: (...parts) => normalize(parts.filter((part) => part !== '').join('/')),
  normalize,
  relative,
  isAbsolute: (path) => path.startsWith('/'),
};

function normalize(path: string): string {
  const way: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') way.push(part);
    else if (way.length > 0 && way.at(-1) !== '..') way.pop();
    else if (!path.startsWith('/')) way.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + way.join('/') || '.';
}

function relative(from: string, to: string): string {
  const [start, end] = [from, to].map((path) => normalize(path).split('/').filter(Boolean));
  let shared = 0;
  while (shared < start.length && start[shared] === end[shared]) shared++;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/');
}
