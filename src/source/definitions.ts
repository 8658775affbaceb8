import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain/explain';
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

/** What a call of a function of this file returns; unknown if a decorator may have replaced it. */
export function callOf(source: Source, definition: SyntaxNode): Subject {
  return decoratorOf(source, definition) === undefined
    ? undecorated(source, definition)
    : { kind: 'unknown', text: `${nameOf(source, definition)}(…)` };
}

/** What a call of the function itself returns, without its decorators. */
export function undecorated(source: Source, definition: SyntaxNode): Subject {
  const name = nameOf(source, definition);
  const line = source.line(definition);
  if (!isAsync(definition)) return { kind: 'plain', name, line, gives: givenBy(definition) };
  const about = { name, line, awaits: firstAwait(source, definition) };
  if (!hasYield(definition)) return { kind: 'coroutine', ...about };
  return { kind: isManager(source, definition) ? 'manager' : 'generator', ...about };
}

/** Decorators that do not change a function, or whose effect is known. */
const known =
  /^@\s*(staticmethod|classmethod|(\w+\.)*(override|final|abstractmethod|no_type_check|deprecated\(.*|wraps\(.*|asynccontextmanager))\s*$/s;

/** The first decorator that may replace a function or class. */
export function decoratorOf(source: Source, definition: SyntaxNode): string | undefined {
  const decorated = definition.parent;
  if (decorated?.name !== 'DecoratedStatement') return undefined;
  return decorated
    .getChildren('Decorator')
    .map((decorator) => source.textOf(decorator).trim())
    .find((text) => !known.test(text));
}

/** What a plain function returns, if that can be seen. */
function givenBy(definition: SyntaxNode): 'nothing' | 'generator' | undefined {
  if (hasYield(definition)) return 'generator';
  const body = definition.getChild('Body');
  if (!body) return undefined;
  for (const node of within(body)) {
    const [, value] = node.name === 'ReturnStatement' ? childrenOf(node) : [];
    if (value && value.name !== 'None') return undefined;
  }
  return 'nothing';
}

/** The method of that name in a class of this file: the last one that it defines, under an `if` too. */
export function methodOf(source: Source, classDefinition: SyntaxNode, name: string): SyntaxNode | undefined {
  const body = classDefinition.getChild('Body');
  if (!body) return undefined;
  let found: SyntaxNode | undefined;
  for (const part of within(body))
    if (part.name === 'FunctionDefinition' && nameOf(source, part) === name) found = part;
  return found;
}

/** Whether a method is there to be written anew in a subclass: `@abstractmethod`, `raise NotImplementedError`, or nothing but `...`. */
export function isAbstract(source: Source, method: SyntaxNode): boolean {
  const decorated = method.parent?.name === 'DecoratedStatement' ? method.parent : undefined;
  if (decorated?.getChildren('Decorator').some((each) => /\babstract\w*\s*$/.test(source.textOf(each).trim())))
    return true;
  const body = method.getChild('Body');
  const text = body ? source.textOf(body).replace(/^:\s*/, '') : '';
  const own = text.replace(/^[rRuU]?(?:"{3}[\s\S]*?"{3}|'{3}[\s\S]*?'{3}|"[^"\n]*"|'[^'\n]*')\s*/, '');
  return /^(?:\.\.\.|raise NotImplementedError\b.*)\s*$/.test(own);
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
