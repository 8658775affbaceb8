import * as v from 'valibot';
import { type Block, plainLines, type SourceDocument } from './document';

const Text = v.union([v.string(), v.array(v.string())]);
const Cell = v.object({ cell_type: v.string(), source: v.fallback(Text, '') });
const Notebook = v.object({
  cells: v.array(Cell),
  metadata: v.fallback(v.object({ kernelspec: v.optional(v.object({ language: v.optional(v.string()) })) }), {}),
});

/** The code cells of a notebook (`.ipynb`, format 4). Nothing: this is no notebook of Python. */
export function notebookBlocks({ file, text }: SourceDocument): Block[] | undefined {
  const parsed = v.safeParse(Notebook, json(text));
  if (!parsed.success) return undefined;
  const language = parsed.output.metadata.kernelspec?.language ?? 'python';
  if (!/python/i.test(language)) return undefined;
  return parsed.output.cells
    .flatMap(({ cell_type, source }, i) =>
      cell_type === 'code' ? [cellBlock(file, i + 1, typeof source === 'string' ? source : source.join(''))] : [],
    )
    .map((block, i) => ({ ...block, number: i + 1 }));
}

/** A cell. Its lines are counted from its own first, so it is a document of its own: that of cell `index`, from 1. */
export function cellBlock(notebook: string, index: number, text: string): Block {
  const document = { file: cellFile(notebook, index), text };
  const lines = plainLines(text).map((line) => (isMagic(line.text) ? { ...line, text: '' } : line));
  return { kind: 'cell', number: index, document, first: 1, last: Math.max(1, lines.length), declared: true, lines };
}

export function cellFile(notebook: string, index: number): string {
  return `${notebook}#cell-${index}`;
}

/** `%timeit`, `!pip install …`: the notebook's own, and nothing to Python. */
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
