import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain';
import { childrenOf, isAsync, nameOf, type Source, within } from './syntax';

/** The line of the first place in an `async def` where control can leave it. */
export function firstAwait(source: Source, definition: SyntaxNode): number | undefined {
  const body = definition.getChild('Body');
  if (!body) return undefined;
  for (const node of within(body)) {
    if (node.name === 'AwaitExpression') return source.line(node);
    const isAsyncForm = node.name === 'async' && node.parent?.name !== 'FunctionDefinition';
    if (isAsyncForm) return source.line(node);
  }
  return undefined;
}

/** What a call of a function defined in this file gives. */
export function callOf(source: Source, definition: SyntaxNode): Subject {
  const name = nameOf(source, definition);
  const line = source.line(definition);
  if (!isAsync(definition)) return { kind: 'plain', name, line };
  const about = { name, line, awaits: firstAwait(source, definition) };
  if (!hasYield(definition)) return { kind: 'coroutine', ...about };
  return { kind: isManager(source, definition) ? 'manager' : 'generator', ...about };
}

/** The method of that name in a class of this file. */
export function methodOf(source: Source, classDefinition: SyntaxNode, name: string): SyntaxNode | undefined {
  const body = classDefinition.getChild('Body');
  if (!body) return undefined;
  for (const part of childrenOf(body)) {
    const method = part.name === 'DecoratedStatement' ? part.getChild('FunctionDefinition') : part;
    if (method?.name === 'FunctionDefinition' && nameOf(source, method) === name) return method;
  }
  return undefined;
}

/** Whether a function is a generator: what is nested in it does not count. */
export function hasYield(definition: SyntaxNode): boolean {
  const body = definition.getChild('Body');
  if (!body) return false;
  for (const node of within(body)) if (node.name === 'YieldStatement' || node.name === 'YieldExpression') return true;
  return false;
}

function isManager(source: Source, definition: SyntaxNode): boolean {
  const decorated = definition.parent;
  if (decorated?.name !== 'DecoratedStatement') return false;
  return decorated
    .getChildren('Decorator')
    .some((decorator) => /\basynccontextmanager\b/.test(source.textOf(decorator)));
}
