import type { SyntaxNode } from '@lezer/common';
import type { AwaitedBefore } from '../core/explain/explain';
import { type Binding, scopeOf } from './bindings';
import { kindOf } from './comprehensions';
import { argumentsOf, awaited, awaitOf, type Source, within } from './syntax';

/** Whether the coroutine that a variable holds was awaited before this use of it: a coroutine runs once, and then raises `RuntimeError`. */
export function awaitedBefore(source: Source, use: SyntaxNode, binding: Binding): AwaitedBefore | undefined {
  const here = awaitOf(use);
  const scope = scopeOf(use);
  // Bound elsewhere, or again in between: its value is unknown.
  if (!here || !scope || scopeOf(binding.value)?.from !== scope.from || binding.also.length > 0) return undefined;
  if (binding.how !== 'assigned' || binding.index !== undefined) return undefined;
  const variable = source.textOf(use);
  const earlier = [...within(scope)].filter(
    (node) =>
      node.name === 'AwaitExpression' && isUse(source, awaited(node), variable) && isBetween(node, binding, here),
  );
  const certain = earlier.findLast((node) => isCertain(node, here));
  const before = certain ?? earlier.findLast((node) => !areAlternatives(node, here));
  if (before) return { variable, line: source.line(before), how: certain ? 'certain' : 'possible' };
  const given = [...within(scope)].find(
    (node) =>
      node.name === 'CallExpression' &&
      isBetween(node, binding, here) &&
      takes(source, node, variable) &&
      isCertain(node, here),
  );
  if (given) return { variable, line: source.line(given), how: 'given', to: source.textOf(given.firstChild!) };
  return isRepeated(here, binding.value) ? { variable, line: source.line(here), how: 'loop' } : undefined;
}

function isUse(source: Source, node: SyntaxNode | undefined, variable: string): boolean {
  return node?.name === 'VariableName' && source.textOf(node) === variable;
}

/** Calls that run a coroutine themselves, or close it. */
const runs = /^(?:.*\.)?(create_task|ensure_future|gather|wait_for|shield|run|run_until_complete)$/;

function takes(source: Source, call: SyntaxNode, variable: string): boolean {
  const callee = source.textOf(call.firstChild!);
  if (callee === `${variable}.close`) return true;
  return runs.test(callee) && argumentsOf(source, call).positional.some((value) => isUse(source, value, variable));
}

function isBetween(node: SyntaxNode, { value }: Binding, here: SyntaxNode): boolean {
  return node.from > value.to && node.from < here.from;
}

/** Whether `node` always runs before `here`: it is in an enclosing block, under no condition. */
function isCertain(node: SyntaxNode, here: SyntaxNode): boolean {
  for (let at = node, above = node.parent; above; at = above, above = above.parent) {
    if (above.name === 'Body' || above.name === 'Script') return above.from <= here.from && here.to <= above.to;
    if (above.name === 'ConditionalExpression' || kindOf(above) || above.name === 'LambdaExpression') return false;
    const isLater = at.from > above.from;
    if (above.name === 'BinaryExpression' && isLater && (above.getChild('and') || above.getChild('or'))) return false;
    if (above.name === 'IfStatement' && at.prevSibling?.name !== 'if') return false;
  }
  return false;
}

/** Whether they are in different branches of one `if`, so that only one of them runs. */
function areAlternatives(one: SyntaxNode, other: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = one; at; at = at.parent) {
    const around = at.parent;
    if (around && /^(IfStatement|MatchStatement|ConditionalExpression)$/.test(around.name))
      if (around.from <= other.from && other.to <= around.to)
        return !(at.from <= other.from && other.to <= at.to) && at.name === 'Body';
  }
  return false;
}

/** Whether it is in a loop or a comprehension that does not create the coroutine again. */
function isRepeated(node: SyntaxNode, made: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node.parent; at; at = at.parent) {
    if (at.name === 'FunctionDefinition') return false;
    const isLoop = at.name === 'Body' && /^(For|While)Statement$/.test(at.parent?.name ?? '');
    if ((isLoop || kindOf(at)) && !(at.from <= made.from && made.to <= at.to)) return true;
  }
  return false;
}
