import type { SyntaxNode } from '@lezer/common';
import type { Comprehension } from '../core/explain/explain';
import { childrenOf, isFunction } from './syntax';

/** The innermost comprehension that runs a node. Its first iterable is evaluated before it begins, and so is no part of it. */
export function comprehensionAround(node: SyntaxNode): SyntaxNode | undefined {
  for (let below = node, at = node.parent; at && !isFunction(at); below = at, at = at.parent)
    if (kindOf(at) && !isFirstIterable(at, below)) return at;
  return undefined;
}

/** What a comprehension makes; nothing for nodes that are none. A generator expression that is the only argument is the list of arguments. */
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
