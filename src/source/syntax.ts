import { type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type { Around, Place, Range } from '../core/explain/explain';
import { firstWhere } from '../core/sorted';

/** A parsed Python file. The parser recovers from errors, so that a file in the middle of an edit can be read too. */
export class Source {
  readonly tree: Tree;
  readonly #lineStarts: number[] = [0];

  /** @param before the text as it was before an edit: what did not change is not parsed again. */
  constructor(
    readonly text: string,
    before?: Source,
  ) {
    this.tree = parser.parse(text, before && fragments(before, text));
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    return this.text.slice(node.from, node.to);
  }

  place(offset: number): Place {
    const line = firstWhere(0, this.#lineStarts.length, (i) => this.#lineStarts[i] > offset);
    return { line, column: offset - this.#lineStarts[line - 1] };
  }

  range(from: number, to: number): Range {
    return { start: this.place(from), end: this.place(to) };
  }

  line(node: { readonly from: number }): number {
    return this.place(node.from).line;
  }
}

/** What of a tree holds for another text: all but the stretch between what both begin and end with. */
function fragments({ text: old, tree }: Source, text: string): readonly TreeFragment[] {
  const most = Math.min(old.length, text.length);
  let from = 0;
  while (from < most && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let tail = 0;
  while (tail < most - from && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail))
    tail++;
  const change = { fromA: from, toA: old.length - tail, fromB: from, toB: text.length - tail };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
}

export function* childrenOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let child = node.firstChild; child; child = child.nextSibling) yield child;
}

const functions = new Set(['FunctionDefinition', 'LambdaExpression']);
export const isFunction = (node: SyntaxNode): boolean => functions.has(node.name);

/** The innermost node of these kinds around a node. */
export function enclosing(node: SyntaxNode, ...names: string[]): SyntaxNode | undefined {
  for (let at = node.parent; at; at = at.parent) if (names.includes(at.name)) return at;
  return undefined;
}

/** What runs a node. The body of a class runs where the class stands, though Python lets nobody await in it. */
export function aroundOf(node: SyntaxNode): Exclude<Around, 'cell'> {
  const around = enclosing(node, 'FunctionDefinition', 'LambdaExpression', 'ClassDefinition');
  if (!around) return 'module';
  if (around.name === 'LambdaExpression') return 'lambda';
  // Decorators and defaults are evaluated outside.
  const body = around.getChild('Body');
  if (!body || node.from < body.from) return aroundOf(around);
  if (around.name === 'ClassDefinition') return aroundOf(around) === 'module' ? 'module' : 'function';
  return isAsync(around) ? 'coroutine' : 'function';
}

/** All nodes below one in source order, without those inside functions and classes nested in it. */
export function* within(node: SyntaxNode): Generator<SyntaxNode> {
  for (const child of childrenOf(node)) {
    yield child;
    if (!isFunction(child) && child.name !== 'ClassDefinition') yield* within(child);
  }
}

/**
 * What an `await` awaits. In Python it binds tighter than every operator, so `await f() + g()` awaits `f()`; the grammar takes the
 * whole of `f() + g()` for its operand.
 */
export function awaited(expression: SyntaxNode): SyntaxNode | undefined {
  let at = expression.lastChild;
  while (at?.name === 'BinaryExpression') at = at.firstChild;
  return at && at.name !== 'await' && !at.type.isError ? at : undefined;
}

/** The `await` whose operand a node is. */
export function awaitOf(node: SyntaxNode): SyntaxNode | undefined {
  let at = node.parent;
  while (at?.name === 'BinaryExpression' && at.from === node.from) at = at.parent;
  return at?.name === 'AwaitExpression' && awaited(at)?.from === node.from ? at : undefined;
}

export function isAsync(definition: SyntaxNode): boolean {
  return definition.firstChild?.name === 'async';
}

/** Name of a function or class definition. */
export function nameOf(source: Source, definition: SyntaxNode): string {
  const name = definition.getChild('VariableName');
  return name ? source.textOf(name) : '';
}

/** The arguments of a call that are plain positional ones, and those given by name. */
export function argumentsOf(
  source: Source,
  call: SyntaxNode,
): { positional: SyntaxNode[]; named: Map<string, SyntaxNode>; starred: boolean } {
  const positional: SyntaxNode[] = [];
  const named = new Map<string, SyntaxNode>();
  let starred = false;
  const list = call.getChild('ArgList');
  const parts = list ? [...childrenOf(list)].filter((part) => !['(', ')', 'Comment'].includes(part.name)) : [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i].name === ',') continue;
    if (parts[i].name === '*' || parts[i].name === '**') {
      starred = true;
      i++;
    } else if (parts[i + 1]?.name === 'AssignOp') {
      if (parts[i + 2]) named.set(source.textOf(parts[i]), parts[i + 2]);
      i += 2;
    } else positional.push(parts[i]);
  }
  return { positional, named, starred };
}
