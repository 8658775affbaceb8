import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain/explain';
import { decoratorOf, firstAwait, hasYield, methodOf } from './definitions';
import { childrenOf, isAsync, nameOf, type Source, within } from './syntax';

type Instance = Extract<Subject, { kind: 'instance' | 'generator' }>;

/** What an instance of a class of this file is for the construct that calls its `method`. */
export function instanceOf(source: Source, definition: SyntaxNode, method: string): Instance {
  const name = nameOf(source, definition);
  const special = methodOf(source, definition, method);
  const iterator = method === '__anext__' ? methodOf(source, definition, '__aiter__') : undefined;
  if (iterator && isAsync(iterator) && hasYield(iterator))
    return {
      kind: 'generator',
      name: `${name}.__aiter__`,
      line: source.line(iterator),
      awaits: firstAwait(source, iterator),
    };
  const inherits = hasBases(source, definition) || decoratorOf(source, definition) !== undefined;
  const line = special ? source.line(special) : iterator && source.line(iterator);
  return { kind: 'instance', name, method, line, awaits: awaitsIn(source, special, iterator), inherits };
}

function awaitsIn(source: Source, special: SyntaxNode | undefined, iterator: SyntaxNode | undefined) {
  // A plain method returns what is awaited, and `__aiter__` may hand out another object.
  const isPlain = special && !isAsync(special);
  if (isPlain || !special || decoratorOf(source, special) !== undefined) return 'maybe';
  return iterator && !returnsSelf(source, iterator) ? 'maybe' : firstAwait(source, special);
}

/** Whether a method gives back its own object, and nothing else. */
export function returnsSelf(source: Source, definition: SyntaxNode): boolean {
  const body = definition.getChild('Body');
  const returns = body ? [...within(body)].filter(({ name }) => name === 'ReturnStatement') : [];
  return returns.length > 0 && returns.every((node) => /^return\s+self$/.test(source.textOf(node)));
}

function hasBases(source: Source, definition: SyntaxNode): boolean {
  const list = definition.getChild('ArgList');
  const parts = list ? [...childrenOf(list)].filter(({ name }) => !['(', ')', ',', 'Comment'].includes(name)) : [];
  return parts.length > 0 && !(parts.length === 1 && source.textOf(parts[0]) === 'object');
}
