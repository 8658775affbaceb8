import { enclosing, type Source } from './syntax';

/** Where a text is no Python, as offsets in source order; empty: all of it is. */
export function syntaxErrors(source: Source): number[] {
  const found: number[] = [];
  source.tree.iterate({
    enter({ type, node, from }) {
      if (type.isError && !isParenthesizedWith(node)) found.push(from);
      // Typographic quotes count as letters to the parser.
      else if (node.name === 'VariableName' && /[“”„‘’«»]/.test(source.textOf(node))) found.push(from);
    },
  });
  return found;
}

/** The grammar knows no parentheses around the items of a `with`. */
function isParenthesizedWith(node: Parameters<typeof enclosing>[0]): boolean {
  const around = node.parent;
  if (around?.name === 'WithStatement') return true;
  return (
    around?.name === 'ParenthesizedExpression' && enclosing(around, 'WithStatement', 'Body')?.name === 'WithStatement'
  );
}
