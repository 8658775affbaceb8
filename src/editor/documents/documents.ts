import type { NotebookDocument, TextDocument } from 'vscode';
import type { Blocks } from '../../source/blocks';
import { host } from '../host/host';
import { codeCells, notebookOf, pathOf } from './paths';

/** Loaded with the first document, since parsers must not slow down activation. */
const parsers = () => import('./parsers');

/** `note`: Markdown; its blocks are fenced. A `notebook`'s are its code cells. A `file` is one block. */
interface Read {
  readonly kind: 'file' | 'note' | 'notebook';
  readonly blocks: Blocks;
}

/** Cache: blocks of the last few documents, each with the document version that was read. */
const known = new Map<TextDocument | NotebookDocument, { readonly version: string; readonly blocks: Read }>();
const MOST = 8;

/** The blocks of a document; for a cell, those of its notebook. `home`: index of the cell. */
export async function blocksOf(document: TextDocument): Promise<Read & { readonly home: number }> {
  const notebook = notebookOf(document);
  const owner = notebook ?? document;
  const cells = notebook ? codeCells(notebook) : [];
  const version = notebook ? cells.map((cell) => `${cell.uri}@${cell.version}`).join() : String(document.version);
  let found = known.get(owner);
  if (found?.version !== version) {
    found = { version, blocks: await read(document, notebook, found?.blocks) };
    known.delete(owner);
    known.set(owner, found);
    for (const [oldest] of known) if (known.size > MOST) known.delete(oldest);
  }
  return { ...found.blocks, home: cells.indexOf(document) };
}

export function forgetBlocks(document: TextDocument | NotebookDocument): void {
  known.delete(document);
}

async function read(
  document: TextDocument,
  notebook: NotebookDocument | undefined,
  before: Read | undefined,
): Promise<Read> {
  const { Blocks, wholeFile, markdownBlocks, cellBlock } = await parsers();
  const source = { file: pathOf(document), text: document.getText() };
  if (notebook) {
    const path = host().paths.of(notebook.uri);
    const cells = codeCells(notebook).map((cell, i) => cellBlock(path, i + 1, cell.getText()));
    return { kind: 'notebook', blocks: new Blocks(cells) };
  }
  if (document.languageId === 'markdown') return { kind: 'note', blocks: new Blocks(markdownBlocks(source)) };
  return { kind: 'file', blocks: new Blocks([wholeFile(source)], before?.blocks) };
}
