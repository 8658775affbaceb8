import type { SyntaxNode } from '@lezer/common';
import type { StaleRead } from '../core/explain/explain';
import { childrenOf, enclosing, type Source, within } from './syntax';

/**
 * What a function tests before an `await` and changes after it, though other tasks may change it in between: a global name, or an
 * attribute of `self`. Not told where an `async with` around all three keeps others out, or where it is tested again.
 */
export function staleReadAt(source: Source, site: SyntaxNode): StaleRead | undefined {
  const body = enclosing(site, 'FunctionDefinition')?.getChild('Body');
  if (!body || enclosing(site, 'FunctionDefinition', 'LambdaExpression')?.name !== 'FunctionDefinition')
    return undefined;
  const nodes = [...within(body)];
  const shared = sharedIn(source, nodes);
  const tests = nodes.filter(isTest).flatMap(shared);
  for (const read of tests.filter(({ node }) => node.to <= site.from).reverse()) {
    const write = nodes
      .filter((node) => isChange(node) && node.to >= site.to)
      .find((statement) =>
        targetsOf(statement)
          .flatMap(shared)
          .some(({ name }) => name === read.name),
      );
    if (!write || !follows(site, write) || isGuarded(read.node, site, write)) continue;
    // `if self.busy: return`, then `self.busy = True` before the await: the others see that.
    const earlier = nodes.some(
      (node) =>
        isChange(node) &&
        node.from >= read.node.to &&
        node.to <= site.from &&
        targetsOf(node)
          .flatMap(shared)
          .some(({ name }) => name === read.name),
    );
    if (earlier) continue;
    const again = tests.some(
      ({ name, node }) => name === read.name && node.from >= site.to && node.to <= write.from && !contains(write, node),
    );
    if (!again) return { name: read.name, read: source.line(read.node), write: source.line(write) };
  }
  return undefined;
}

interface Use {
  readonly name: string;
  readonly node: SyntaxNode;
}

/** @returns a function that finds the uses of shared names in a node */
function sharedIn(source: Source, nodes: readonly SyntaxNode[]): (node: SyntaxNode) => Use[] {
  const globals = new Set(
    nodes
      .filter(({ name }) => name === 'ScopeStatement')
      .flatMap((statement) => statement.getChildren('VariableName').map((name) => source.textOf(name))),
  );
  const nameOf = (node: SyntaxNode) => {
    const text = source.textOf(node);
    if (node.name === 'VariableName') return globals.has(text) ? text : undefined;
    return node.name === 'MemberExpression' && /^self\.\w+$/.test(text) ? text : undefined;
  };
  return (root) =>
    [root, ...within(root)].flatMap((node) => {
      const name = nameOf(node);
      return name === undefined ? [] : [{ name, node }];
    });
}

/** The condition of an `if`, `elif` or `while`. */
export function isTest(node: SyntaxNode): boolean {
  const keyword = node.prevSibling?.name;
  return (
    (node.parent?.name === 'IfStatement' || node.parent?.name === 'WhileStatement') &&
    (keyword === 'if' || keyword === 'elif' || keyword === 'while')
  );
}

export function isChange({ name }: SyntaxNode): boolean {
  return name === 'AssignStatement' || name === 'UpdateStatement';
}

export function targetsOf(statement: SyntaxNode): SyntaxNode[] {
  const parts = [...childrenOf(statement)];
  const last = parts.findLastIndex(({ name }) => name === 'AssignOp' || name === 'UpdateOp');
  return parts.slice(0, Math.max(0, last));
}

/** Whether a statement may run after an `await`: they are not in two branches of one `if`. */
export function follows(site: SyntaxNode, statement: SyntaxNode): boolean {
  for (let at = site.parent; at; at = at.parent) {
    if (!contains(at, statement)) continue;
    return at.name !== 'IfStatement';
  }
  return false;
}

/** Whether one `async with` is around all of these. */
export function isGuarded(...nodes: readonly SyntaxNode[]): boolean {
  for (let at = nodes[0].parent; at; at = at.parent) {
    const isAsyncWith = at.name === 'WithStatement' && at.firstChild?.name === 'async';
    if (isAsyncWith && nodes.every((node) => contains(at, node))) return true;
  }
  return false;
}

export function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}
