import type { Block, CodeLine, SourceDocument } from './document';

/** Info strings for Python. A block without one may be Python, too. */
const python = /^(python|py|python3|py3|ipython|ipython3|pycon|python-repl)$/i;

interface Fence {
  readonly mark: string;
  readonly language: string;
  readonly line: number;
  /** Columns that list items and quotes around the fence take. */
  readonly indent: number;
  readonly quoted: boolean;
}

/** The fenced blocks of a Markdown text that are Python or have no info string. */
export function markdownBlocks(document: SourceDocument): Block[] {
  const blocks: Block[] = [];
  const texts = document.text.split(/\r\n|\r|\n/);
  let fence: Fence | undefined;
  let lines: CodeLine[] = [];
  const close = (last: number) => {
    const declared = fence !== undefined && python.test(fence.language);
    if (fence && (declared || fence.language === '')) {
      const number = blocks.length + 1;
      blocks.push({ kind: 'fence', number, document, first: fence.line, last, declared, lines });
    }
    fence = undefined;
    lines = [];
  };
  texts.forEach((text, i) => {
    const line = i + 1;
    if (!fence) {
      fence = opening(text, line);
      return;
    }
    const inside = withoutContainer(text, fence);
    if (inside === undefined) {
      // The quote ended, and the block with it.
      close(line - 1);
      fence = opening(text, line);
    } else if (closes(inside.text, fence.mark)) close(line);
    else lines.push({ ...inside, line });
  });
  if (fence) close(texts.length);
  return blocks;
}

function opening(text: string, line: number): Fence | undefined {
  const found = /^((?:[ \t]*>[ ]?)*)([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})(.*)$/.exec(text);
  if (!found) return undefined;
  const [, quote, indent, mark, info] = found;
  if (mark.startsWith('`') && info.includes('`')) return undefined;
  return { mark, language: languageOf(info), line, indent: indent.length, quoted: quote !== '' };
}

/** `python`, `{.python}`, `python title="x"`, `python:main.py`, `python {1,3}` */
function languageOf(info: string): string {
  return /^[\s{.]*([\w+#-]*)/.exec(info)?.[1] ?? '';
}

function closes(text: string, mark: string): boolean {
  const trimmed = text.trim();
  return trimmed.length >= mark.length && trimmed === mark[0].repeat(trimmed.length);
}

/** A line inside of a fence, without the quote marks and the indentation of the fence; undefined if the quote has ended. */
function withoutContainer(text: string, { indent, quoted }: Fence): Omit<CodeLine, 'line'> | undefined {
  const quote = quoted ? /^(?:[ \t]*>[ ]?)+/.exec(text)?.[0] : '';
  if (quote === undefined) return undefined;
  const rest = text.slice(quote.length);
  const blank = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const cut = Math.min(indent, blank);
  return { text: rest.slice(cut), shift: quote.length + cut };
}
