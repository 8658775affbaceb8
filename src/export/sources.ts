import type { SourceText } from '../core/protocol/source-text';
import type { Timeline } from '../core/timeline/model';
import { coloursOf } from './colours';

export interface Reading {
  /** Texts that are known without the disk, as they ran. */
  readonly known?: readonly { readonly file: string; readonly text: string }[];
  /** Folders whose files may be shown. */
  readonly folders: readonly string[];
  /** When the record was written, ms since 1970: a file that changed later is not what ran. */
  readonly until: number;
}

/** Characters: a longer file, or more of them, would make the page too large to send. */
const MOST_OF_A_FILE = 256 * 1024;
const MOST_OF_ALL = 1024 * 1024;

/**
 * The source files of the sites of tasks, the program's own file first.
 * @param read the text of a file as it was when the program ran, undefined if that is not known or not to be shown
 */
export function sourcesOf(
  timeline: Pick<Timeline, 'sites' | 'meta'>,
  read: (file: string) => string | undefined,
): SourceText[] {
  const { program } = timeline.meta;
  const files = new Set<string>();
  for (const site of timeline.sites) if (site?.code.user) files.add(site.code.file);
  const ordered = [...files].sort((a, b) => Number(b === program) - Number(a === program));
  const sources: SourceText[] = [];
  let left = MOST_OF_ALL;
  for (const file of ordered) {
    const text = read(file);
    if (text === undefined || text.length > Math.min(MOST_OF_A_FILE, left)) continue;
    left -= text.length;
    sources.push({ file, text, colours: coloursOf(file, text) });
  }
  return sources;
}
