import type { SyntaxNode } from '@lezer/common';
import { awaited, childrenOf, enclosing, isAsync, type Source, within } from '../syntax';

/** An `await` of a call that stands by itself, or whose result goes into names. */
export interface AwaitStatement {
  readonly node: SyntaxNode;
  /** What stands left of the `=`; empty: the result is not used. */
  readonly targets: readonly SyntaxNode[];
  readonly call: SyntaxNode;
}

/** `await f(…)`, `x = await f(…)` or `x, y = await f(…)`; nothing that is annotated, augmented or part of something larger. */
export function awaitStatement(node: SyntaxNode): AwaitStatement | undefined {
  const parts = [...childrenOf(node)];
  if (node.name === 'ExpressionStatement') {
    const call = parts.length === 1 ? awaitedCall(parts[0]) : undefined;
    return call && { node, targets: [], call };
  }
  if (node.name !== 'AssignStatement') return undefined;
  const [value, equals] = [parts.at(-1)!, parts.at(-2)!];
  const targets = parts.slice(0, -2);
  const call = equals?.name === 'AssignOp' ? awaitedCall(value) : undefined;
  if (!call || targets.length === 0 || targets.some(({ name }) => name === 'AssignOp' || name === 'TypeDef'))
    return undefined;
  return { node, targets, call };
}

/** The call that an expression awaits, and nothing more. */
export function awaitedCall(node: SyntaxNode | undefined): SyntaxNode | undefined {
  if (node?.name !== 'AwaitExpression') return undefined;
  const value = awaited(node);
  return value?.name === 'CallExpression' && value.to === node.to ? value : undefined;
}

/** Consecutive statements, grouped by the body that contains them; only those of coroutine functions. */
export function bodiesOf(source: Source): SyntaxNode[][] {
  const bodies: SyntaxNode[][] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'Body') return;
      const around = enclosing(node, 'FunctionDefinition', 'LambdaExpression', 'ClassDefinition');
      const own = node.parent?.name === 'ClassDefinition' ? undefined : around;
      if (own?.name === 'FunctionDefinition' && isAsync(own))
        bodies.push([...childrenOf(node)].filter((each) => each.name !== ':' && each.name !== 'Comment'));
    },
  });
  return bodies;
}

/** Names that an expression or statement uses or binds, attributes left aside. */
export function namesIn(source: Source, node: SyntaxNode): Set<string> {
  const nodes = node.name === 'VariableName' ? [node] : [...within(node)].filter(({ name }) => name === 'VariableName');
  return new Set(nodes.map((each) => source.textOf(each)));
}

/** A text in one line, cut where it is long. */
export function shortText(text: string, most = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
