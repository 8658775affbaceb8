import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './syntax';

export interface WithItem {
  readonly value: SyntaxNode;
  /** What stands after `as`. */
  readonly target: SyntaxNode | undefined;
}

/**
 * The items of a `with`. The grammar knows no parentheses around `a() as b, c()`: what stands in them comes as one
 * parenthesized expression broken by errors, so both shapes are read from the flat list of tokens.
 */
export function withItems(statement: SyntaxNode): WithItem[] {
  const tokens: SyntaxNode[] = [];
  let inside = false;
  for (const part of childrenOf(statement)) {
    if (part.name === 'Body') break;
    if (inside) tokens.push(...flat(part));
    if (part.name === 'with') inside = true;
  }
  const items: WithItem[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].name === 'as') continue;
    const hasTarget = tokens[i + 1]?.name === 'as';
    items.push({ value: tokens[i], target: hasTarget ? tokens[i + 2] : undefined });
    if (hasTarget) i += 2;
  }
  return items;
}

const punctuation = new Set([',', '(', ')', ':', 'Comment', '⚠']);

function flat(part: SyntaxNode): SyntaxNode[] {
  if (
    part.name === 'ParenthesizedExpression' ||
    part.name === 'TupleExpression' ||
    (part.name === '⚠' && part.firstChild)
  ) {
    return [...childrenOf(part)].flatMap(flat);
  }
  return punctuation.has(part.name) ? [] : [part];
}
