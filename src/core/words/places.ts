import { displayPath } from '../describe/describe';
import type { Timeline } from '../timeline/model';

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
