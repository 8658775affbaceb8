import type { SyntaxNode } from '@lezer/common';
import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { builtinNames } from '../standard-names';
import { readModule } from '../statements';
import { Source } from '../syntax';
import { blanked, isBlank, type Repair } from './repair';

/** A heading that people write above what a program printed. */
const heading =
  /^\s*(?:[#*=\-\s]*)(?:출력(?:\s*결과)?|실행\s*결과|결과|output|result|console|stdout)(?:\s*\(.*\))?\s*[:：]?\s*[*=\-\s]*$/i;

/** Cuts off what the program printed, where it was pasted under the code. */
export const cutPrinted: Repair = (lines, parsed) => {
  const source = parsed();
  const errors = syntaxErrors(source);
  const from = errors.length > 0 ? beforeErrors(lines, source, errors[0]) : bareTail(source);
  if (from === undefined) return undefined;
  const printed = lines.slice(from).filter((line) => !isBlank(line));
  if (printed.length === 0) return undefined;
  const note = { kind: 'output', line: printed[0].line, last: printed[printed.length - 1].line } as const;
  return { lines: lines.map((line, i) => (i >= from ? blanked(line) : line)), notes: [note] };
};

/** The first line of what was printed, where the first error is in it; nothing if what stands before it is no program either. */
function beforeErrors(lines: readonly CodeLine[], source: Source, offset: number): number | undefined {
  const at = Math.min(source.place(offset).line, lines.length) - 1;
  const starts = candidates(lines, at);
  const marked = lines.findIndex((line) => heading.test(line.text) && !line.text.trim().startsWith('#'));
  if (marked > 0 && marked <= at) starts.unshift(marked);
  for (const start of starts) {
    const head = lines.slice(0, start);
    const code = new Source(textOf(head));
    if (head.every(isBlank) || syntaxErrors(code).length > 0) continue;
    // A program that is broken further on is not one that printed something: it has come to its end here.
    if (lines.slice(start).some(looksLikeCode)) continue;
    return start - tailLength(head, code);
  }
  return undefined;
}

/** Lines at which printed output may begin: at the error, or above it as long as no line is indented. */
function candidates(lines: readonly CodeLine[], at: number): number[] {
  const found: number[] = [];
  for (let i = at; i > 0; i--) {
    if (isBlank(lines[i])) continue;
    if (looksLikeCode(lines[i]) || /^\s*…\s*$/.test(lines[i].text)) break;
    if (/^\S/.test(lines[i].text)) found.push(i);
  }
  return found;
}

function looksLikeCode({ text }: CodeLine): boolean {
  return (
    /^\s*(async\s+(def|with|for)\b|await\s|def\s+\w+\s*\(|class\s+\w+\s*[(:]|import\s+\w+|from\s+[\w.]+\s+import\b|return\b|@\w|print\(|asyncio\.)/.test(
      text,
    ) || /^\s*(if|elif|else|for|while|try|except|finally|with)\b.*:\s*(#.*)?$/.test(text)
  );
}

/** How many lines above the end are output that happens to be Python. */
function tailLength(lines: readonly CodeLine[], source: Source): number {
  const from = bareTail(source);
  return from === undefined ? 0 : lines.length - from;
}

/** Where the words and numbers at the end begin that are Python, but do nothing, and stand after the program has run. */
function bareTail(source: Source): number | undefined {
  // Hardly any text ends so, and reading a module takes time.
  const last = source.tree.topNode.lastChild;
  const end = last?.name === 'Comment' ? last.prevSibling : last;
  if (
    end?.name !== 'ExpressionStatement' ||
    !/^(Number|BinaryExpression|VariableName)$/.test(end.firstChild?.name ?? '')
  )
    return undefined;
  const { statements, names } = readModule(source);
  const { bound } = names;
  const isBare = (node: SyntaxNode) => {
    if (node.name !== 'ExpressionStatement') return false;
    const value = node.firstChild!;
    if (value.name === 'Number' || value.name === 'BinaryExpression')
      return !/\w\(/.test(source.textOf(value)) && isUnbound(value);
    return value.name === 'VariableName' && isUnbound(value);
  };
  const isUnbound = (value: SyntaxNode) =>
    (source.textOf(value).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []).every(
      (name) => !bound.has(name) && !builtinNames.has(name),
    );
  let first = statements.length;
  while (first > 0 && isBare(statements[first - 1].node)) first--;
  if (first === statements.length || first === 0) return undefined;
  // Only after what runs: a lone name elsewhere is somebody's unfinished thought, and Python's to judge.
  if (!statements.slice(0, first).some(({ enters, awaits }) => enters || awaits)) return undefined;
  return source.line(statements[first].node) - 1;
}
