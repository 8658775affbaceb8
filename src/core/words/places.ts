import type { Timeline } from '../timeline/model';
import type { Site } from '../trace/records';

/** A place in source as people read it, and whether it can be opened. */
export interface Place {
  readonly text: string;
  readonly opens: boolean;
}

/** The embedded Python keeps its library inside of itself, where no editor can follow. */
const EMBEDDED_LIBRARY = /^\/lib\/python[\d.]+(\.zip)?\/(site-packages\/)?/;
/** `<string>`, `<frozen importlib._bootstrap>`: code without a file. */
const NO_FILE = /^<.*>$/;

export function placeOf({ meta }: Pick<Timeline, 'meta'>, file: string, line: number, root: string): Place {
  if (NO_FILE.test(file)) return { text: `${file}:${line}`, opens: false };
  if (meta.engine === 'embedded' && EMBEDDED_LIBRARY.test(file)) {
    return { text: `${file.replace(EMBEDDED_LIBRARY, '')}:${line}`, opens: false };
  }
  return { text: `${displayPath(file, root)}:${line}`, opens: true };
}

export interface SourceLink {
  readonly kind: 'source';
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** A path as people read it: below the root without it, elsewhere whole. */
export function displayPath(file: string, root: string): string {
  const base = root === '' || /[\\/]$/.test(root) ? root : `${root}/`;
  return base !== '' && file.startsWith(base) ? file.slice(base.length) : file;
}

export function linkTo(site: Site): SourceLink {
  return { kind: 'source', file: site.code.file, line: site.line, column: site.column ?? 0 };
}
