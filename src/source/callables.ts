import type { SyntaxNode } from '@lezer/common';
import { basesOf } from './bases';
import type { Binding } from './bindings';
import { methodOf } from './definitions';
import { argumentsOf, childrenOf, enclosing, type Source } from './syntax';

/** What is called where something else than a function is: the function behind it, or the expression that the call evaluates. */
export type Through = { readonly function: SyntaxNode } | { readonly expression: SyntaxNode };

/** The names of one file, as far as this needs them. */
interface Names {
  readonly source: Source;
  bindingOf(node: SyntaxNode): Binding | undefined;
  dotted(node: SyntaxNode): string | undefined;
}

/** `functools.partial(f, 1)()` calls `f`, `(lambda: f(1))()` evaluates `f(1)`; through a variable, too. */
export function calledThrough(names: Names, callee: SyntaxNode): Through | undefined {
  const value = withoutParentheses(boundTo(names, callee));
  if (value?.name === 'LambdaExpression') {
    const expression = value.lastChild ?? undefined;
    return expression?.name === 'CallExpression' && !usesParameters(names.source, value, expression)
      ? { expression }
      : undefined;
  }
  if (value?.name !== 'CallExpression' || !value.firstChild) return undefined;
  if (names.dotted(value.firstChild) !== 'functools.partial') return undefined;
  const [first] = argumentsOf(names.source, value).positional;
  return first && { function: first };
}

function boundTo(names: Names, callee: SyntaxNode): SyntaxNode | undefined {
  if (callee.name !== 'VariableName' && callee.name !== 'MemberExpression') return callee;
  const binding = names.bindingOf(callee);
  const isOne = binding?.how === 'assigned' && binding.index === undefined && binding.also.length === 0;
  return isOne ? binding.value : undefined;
}

function withoutParentheses(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.name !== 'ParenthesizedExpression') return node;
  return [...childrenOf(node)].find(({ name }) => name !== '(' && name !== ')');
}

/** Whether what a lambda evaluates depends on what it is given as a function, or whose method is called. */
function usesParameters(source: Source, lambda: SyntaxNode, expression: SyntaxNode): boolean {
  const given = new Set(
    lambda
      .getChild('ParamList')
      ?.getChildren('VariableName')
      .map((each) => source.textOf(each)),
  );
  let callee: SyntaxNode | null = expression;
  while (callee?.firstChild) callee = callee.firstChild;
  return callee !== null && given.has(source.textOf(callee));
}

/** The method that `super().name` stands for, where no class of the file has more than one base. */
export function superMethod(
  source: Source,
  callee: SyntaxNode,
  find: (name: SyntaxNode) => SyntaxNode | undefined,
): SyntaxNode | undefined {
  const object = callee.firstChild;
  if (object?.name !== 'CallExpression' || source.textOf(object) !== 'super()') return undefined;
  const own = enclosing(object, 'ClassDefinition');
  if (!own || hasManyBases(source)) return undefined;
  const name = source.textOf(callee.lastChild!);
  for (const each of basesOf(source, own, find).classes) {
    const method = methodOf(source, each, name);
    if (method) return method;
    // A base from elsewhere may have it, and a metaclass or a decorator may add it.
    if (each.getChild('ArgList') && basesOf(source, each, find).classes.length === 0) return undefined;
  }
  return undefined;
}

function hasManyBases(source: Source): boolean {
  let has = false;
  source.tree.iterate({
    enter: ({ name, node }) => {
      if (name !== 'ClassDefinition') return;
      const bases = [...childrenOf(node.getChild('ArgList') ?? node)].filter((each) => each.name === ',');
      if (node.getChild('ArgList') && bases.length > 0) has = true;
    },
  });
  return has;
}
