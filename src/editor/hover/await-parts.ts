import type { Position, TextDocument } from 'vscode';
import type { CallSite } from '../../core/explain/call';
import type { AwaitSite, Place, Range } from '../../core/explain/explain';
import { codeCells, notebookOf } from '../documents/paths';
import { type PythonPart, pythonParts } from '../documents/python-parts';

/** Loaded with the first Python file, since the parser must not slow down activation. */
const source = () => import('./hover-parts');

/** The awaits and calls of a part of a document. Positions are those of the part. */
export interface AwaitPart {
  readonly part: PythonPart;
  readonly sites: readonly AwaitSite[];
  readonly calls: readonly CallSite[];
}

/** Finds awaits and calls in documents. Caches them for the last document version. */
export class AwaitParts {
  #read: { document: TextDocument; version: string; parts: readonly AwaitPart[] } | undefined;

  async of(document: TextDocument): Promise<readonly AwaitPart[]> {
    // The meaning of a cell depends on the other cells.
    const cells = cellsAround(document);
    const version = cells.map(({ uri, version }) => `${uri}@${version}`).join();
    const known = this.#read;
    if (known?.document === document && known.version === version) return known.parts;
    const { blockSubjects, callsIn, sitesIn } = await source();
    const read = await pythonParts(document);
    const home = cells.indexOf(document);
    const others = await Promise.all(cells.map((cell) => (cell === document ? read : pythonParts(cell))));
    const subjects = blockSubjects(
      others.flat().map(({ text }) => text),
      cells.length > 1,
    ).slice(home, home + read.length);
    const parts = read.map((part, i) => inBlock(document, part, sitesIn(subjects[i]), callsIn(subjects[i])));
    this.#read = { document, version, parts };
    return parts;
  }
}

/** The cells of a document's notebook that hold Python, each of which is one part; the document alone where it is none of them. */
function cellsAround(document: TextDocument): readonly TextDocument[] {
  const notebook = notebookOf(document);
  const cells = notebook ? codeCells(notebook) : [];
  return cells.includes(document) ? cells : [document];
}

/** Allows `await` outside of functions, where a loop is running: in every cell, and in notes in which a line awaits so. */
function inBlock(
  { languageId, uri }: TextDocument,
  part: PythonPart,
  sites: readonly AwaitSite[],
  calls: readonly CallSite[],
): AwaitPart {
  const isCell = uri.scheme === 'vscode-notebook-cell';
  if (!isCell && (languageId !== 'markdown' || !sites.some(({ around }) => around === 'module')))
    return { part, sites, calls };
  return {
    part,
    sites: sites.map((site) => (site.around === 'module' ? { ...site, around: 'cell', allowed: true } : site)),
    calls: calls.map((call) => ('around' in call && call.around === 'module' ? { ...call, around: 'cell' } : call)),
  };
}

/** The same site in positions of the document: a block of a note may be indented. */
export function inDocument(part: PythonPart, site: AwaitSite): AwaitSite {
  if (part.plain) return site;
  const range = (given: Range): Range => {
    const { start, end } = part.range(given);
    return { start: placeOf(start), end: placeOf(end) };
  };
  const place = (given: Place) => range({ start: given, end: given }).start;
  return { ...site, range: range(site.range), except: site.except.map(place) };
}

export function placeOf({ line, character }: Position): Place {
  return { line: line + 1, column: character };
}
