import * as v from 'valibot';
import { type Block, plainLines, type SourceDocument } from './document';

const Text = v.union([v.string(), v.array(v.string())]);
const Cell = v.object({ cell_type: v.string(), source: v.fallback(Text, '') });
const Notebook = v.object({
  cells: v.array(Cell),
  metadata: v.fallback(v.object({ kernelspec: v.optional(v.object({ language: v.optional(v.string()) })) }), {}),
});

/** The code cells of a notebook (`.ipynb`, format 4); undefined if it is not a Python notebook. */
export function notebookBlocks({ file, text }: SourceDocument): Block[] | undefined {
  const parsed = v.safeParse(Notebook, json(text));
  if (!parsed.success) return undefined;
  const language = parsed.output.metadata.kernelspec?.language ?? 'python';
  if (!/python/i.test(language)) return undefined;
  const cells = parsed.output.cells.filter(({ cell_type }) => cell_type === 'code');
  return cells.map(({ source }, i) => cellBlock(file, i + 1, typeof source === 'string' ? source : source.join('')));
}

/** The n-th code cell, from 1. Its lines are counted from its own first, so it is a document of its own. */
export function cellBlock(notebook: string, number: number, text: string): Block {
  const document = { file: cellFile(notebook, number), text };
  const lines = plainLines(text).map((line) => (isMagic(line.text) ? { ...line, text: '' } : line));
  return { kind: 'cell', number, document, first: 1, last: Math.max(1, lines.length), declared: true, lines };
}

/** What frames of a cell's code say; the command line names cells in the same way. */
export function cellFile(notebook: string, number: number): string {
  return `${notebook}#${number}`;
}

/** `%timeit`, `!pip install …`: lines for the notebook, not Python. */
function isMagic(text: string): boolean {
  return /^\s*(%{1,2}[a-zA-Z]|![a-zA-Z./])/.test(text);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
