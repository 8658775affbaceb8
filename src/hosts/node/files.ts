import { closeSync, fstatSync, openSync } from 'node:fs';
import type { FileHost } from '../../editor/host/host';
import { sourceReader } from '../../export/source-reader';
import type { Folders } from './engines';

/** Files of the disk. */
export function fileHost({ assets }: Pick<Folders, 'assets'>): FileHost {
  return {
    sources: sourceReader,
    async stored({ scheme, fsPath }) {
      return scheme === 'file' ? opened(fsPath) : undefined;
    },
    async page(page) {
      const { htmlPage } = await import('../../export/html');
      return [...htmlPage({ ...page, assets })].join('');
    },
  };
}

/** Undefined if it cannot be opened: VS Code says why. */
async function opened(path: string): ReturnType<FileHost['stored']> {
  const { FileSource } = await import('../../engines/record/file-source');
  try {
    const fd = openSync(path, 'r');
    const found = fstatSync(fd);
    if (found.isFile()) return { source: new FileSource(fd, found.size), close: () => closeSync(fd) };
    closeSync(fd);
    return undefined;
  } catch {
    return undefined;
  }
}
