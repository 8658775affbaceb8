import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from './syntax';

/** Names that a statement binds to a value which the source does not show: `except E as name`, `case name`. */
export function* otherTargets(node: SyntaxNode): Generator<SyntaxNode> {
  if (node.name === 'CapturePattern') yield* node.getChildren('VariableName');
  if (node.name !== 'TryStatement' && node.name !== 'AsPattern') return;
  let isNext = false;
  for (const part of childrenOf(node)) {
    if (isNext && part.name === 'VariableName') yield part;
    isNext = part.name === 'as';
  }
}
