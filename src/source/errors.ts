import type { SyntaxNode } from '@lezer/common';
import { enclosing, type Source } from './syntax';

const oddLetter = /[“”„‘’«»…]/;

/** Offsets of syntax errors, in source order. */
export function syntaxErrors(source: Source): number[] {
  const found: number[] = [];
  const odd = oddLetter.test(source.text);
  source.tree.iterate({
    // Reading the node allocates it, so do that only if needed.
    enter(at) {
      if (at.type.isError) {
        if (!isUnknownToGrammar(source, at.node)) found.push(at.from);
      }
      // Typographic quotes and dots count as letters to the parser.
      else if (odd && at.name === 'VariableName' && oddLetter.test(source.textOf(at))) found.push(at.from);
    },
  });
  return found;
}

/** Valid Python that the grammar does not accept: `yield` alone, `1.`, `x[*a]`, `t"…"`, parentheses around the items of a `with`. */
function isUnknownToGrammar(source: Source, node: SyntaxNode): boolean {
  const around = node.parent;
  const before = source.text.slice(Math.max(0, node.from - 24), node.from);
  if (around?.name === 'YieldStatement' || around?.name === 'YieldExpression') return true;
  if (around?.name === 'MemberExpression' && (/\d\.$/.test(before) || node.firstChild?.name === '*')) return true;
  if (/\bt$/i.test(before) && /^["']/.test(source.text.slice(node.from))) return true;
  if (around?.name === 'WithStatement') return true;
  return (
    around?.name === 'ParenthesizedExpression' && enclosing(around, 'WithStatement', 'Body')?.name === 'WithStatement'
  );
}
