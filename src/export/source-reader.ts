import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { Reading } from './sources';

/** Reads the files that may be shown. Undefined: one may not, it changed, or it is not there. */
export function sourceReader({ known = [], folders, until }: Reading): (file: string) => string | undefined {
  return (file) => {
    const text = known.find((document) => document.file === file)?.text;
    if (text !== undefined) return text;
    if (!isAbsolute(file) || !/\.(pyw?|md|markdown|mdx|mkd)$/i.test(file)) return undefined;
    try {
      const there = realpathSync(file);
      if (!folders.some((folder) => isIn(there, realpathSync(folder)))) return undefined;
      return statSync(there).mtimeMs <= until ? readFileSync(there, 'utf8') : undefined;
    } catch {
      return undefined;
    }
  };
}

function isIn(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
