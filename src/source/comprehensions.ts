import type { SyntaxNode } from '@lezer/common';
import type { Comprehension } from '../core/explain/explain';
import { childrenOf, isFunction } from './syntax';

/** The innermost comprehension around a node. Its first iterable is evaluated before it begins, so it does not count. */
export function comprehensionAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let below = node, at = node.parent; at && !isFunction(at); below = at, at = at.parent)
    if (kindOf(at) && !isFirstIterable(at, below)) return at;
  return undefined;
}

/** What a comprehension makes; undefined for other nodes. A generator expression as the only argument is the argument list in the tree. */
export function kindOf(node: SyntaxNode): Comprehension | undefined {
  if (node.name === 'ArrayComprehensionExpression') return 'list';
  if (node.name === 'SetComprehensionExpression') return 'set';
  if (node.name === 'DictionaryComprehensionExpression') return 'dict';
  return node.name === 'ComprehensionExpression' || (node.name === 'ArgList' && node.getChild('for'))
    ? 'generator'
    : undefined;
}

function isFirstIterable(comprehension: SyntaxNode, child: SyntaxNode): boolean {
  for (const part of childrenOf(comprehension)) if (part.name === 'in') return part.nextSibling?.from === child.from;
  return false;
}
