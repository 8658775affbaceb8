import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { SourceText } from '../core/protocol/source-text';
import type { Timeline } from '../core/timeline/model';
import { sourcesOf } from './sources';

export interface Reading {
  /** Texts that are known without the disk, as they ran. */
  readonly known?: readonly { readonly file: string; readonly text: string }[];
  /** Folders whose files may be shown. */
  readonly folders: readonly string[];
  /** When the record was written, ms since 1970: a file that changed later is not what ran. */
  readonly until: number;
}

/**
 * The sources of a run, for a page. A trace may name any file of this machine, and pages are sent to others: only Python files
 * and notes in the given folders are read.
 */
export function readSources(timeline: Pick<Timeline, 'sites' | 'meta'>, reading: Reading): SourceText[] {
  return sourcesOf(timeline, sourceReader(reading));
}

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

/** The folder of the program that ran here, beside that where the command was started. */
export function foldersOf(program: string, cwd: string): string[] {
  return isAbsolute(program) ? [cwd, dirname(program)] : [cwd];
}

function isIn(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return !isAbsolute(way) && way.split(sep)[0] !== '..';
}
