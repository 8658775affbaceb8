import type { SyntaxNode } from '@lezer/common';
import type { AwaitSequence } from '../../core/timeline/shapes';
import { childrenOf, enclosing, type Source, within } from '../syntax';
import { withItems } from '../with-items';
import type { Effects } from './effects';
import { type AwaitStatement, awaitedCall, awaitStatement, bodiesOf, namesIn, shortText } from './statements';

/**
 * Awaits one after another that could go on together, as far as names tell: each runs a coroutine function of this file that changes
 * nothing which others see, and none uses a name that one before it binds. Where the result is not used a call is made for what it does,
 * and order may matter: told only where all of them call the same function.
 */
export interface Sequence extends AwaitSequence {
  /** Statements, or the loop or comprehension. */
  readonly nodes: readonly SyntaxNode[];
  readonly statements: readonly AwaitStatement[];
}

export function sequencesIn(source: Source, effects: Effects): Sequence[] {
  const found: Sequence[] = [];
  for (const body of bodiesOf(source)) {
    found.push(...statementsIn(source, effects, body));
    for (const node of body) {
      const loop = node.name === 'ForStatement' ? loopIn(source, effects, node) : undefined;
      if (loop) found.push(loop);
    }
  }
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'ArrayComprehensionExpression') return;
      const comprehension = comprehensionIn(source, effects, node);
      if (comprehension) found.push(comprehension);
    },
  });
  return found;
}

function statementsIn(source: Source, effects: Effects, body: readonly SyntaxNode[]): Sequence[] {
  if (body.length < 2 || isExclusive(source, body[0])) return [];
  const groups: AwaitStatement[][] = [[]];
  for (const node of body) {
    const statement = independent(effects, awaitStatement(node));
    const group = groups[groups.length - 1];
    if (statement && fits(source, group, statement)) group.push(statement);
    else groups.push(statement ? [statement] : []);
  }
  return groups
    .filter((group) => group.length > 1)
    .map((group) => ({
      how: 'statements',
      nodes: group.map(({ node }) => node),
      statements: group,
      awaits: group.map(({ node, call }) => linesOf(source, node, call)),
    }));
}

/** A call of a coroutine function of the file that others do not notice. */
function independent(effects: Effects, statement: AwaitStatement | undefined): AwaitStatement | undefined {
  if (!statement || statement.targets.some((target) => !isNames(target))) return undefined;
  const definition = effects.coroutineOf(statement.call);
  return definition && effects.isFree(definition) && effects.argumentsArePlain(statement.call) ? statement : undefined;
}

function isNames(target: SyntaxNode): boolean {
  return target.name === ',' || target.name === 'VariableName';
}

function fits(source: Source, group: readonly AwaitStatement[], next: AwaitStatement): boolean {
  const [first] = group;
  if (!first) return true;
  if (first.targets.length === 0 || next.targets.length === 0) {
    const callee = ({ call }: AwaitStatement) => source.textOf(call.firstChild!);
    if (first.targets.length !== next.targets.length || callee(first) !== callee(next)) return false;
  }
  const bound = new Set(group.flatMap(({ targets }) => targets.flatMap((target) => [...namesIn(source, target)])));
  const names = [...namesIn(source, next.call), ...next.targets.flatMap((target) => [...namesIn(source, target)])];
  return !names.some((name) => bound.has(name));
}

/** `for x in xs: results.append(await f(x))` */
function loopIn(source: Source, effects: Effects, loop: SyntaxNode): Sequence | undefined {
  const parts = [...childrenOf(loop)];
  const into = parts.findIndex(({ name }) => name === 'in');
  const body = loop.getChild('Body');
  const inner = body ? [...childrenOf(body)].filter(({ name }) => name !== ':' && name !== 'Comment') : [];
  if (parts[0]?.name !== 'for' || parts.at(-1)?.name !== 'Body' || into !== 2 || inner.length !== 1) return undefined;
  const call = appended(source, inner[0]);
  if (!call || parts[1].name !== 'VariableName' || isExclusive(source, loop) || isRepeated(loop)) return undefined;
  if (!effects.isPlain(parts[into + 1]) && !isRange(source, parts[into + 1])) return undefined;
  const definition = effects.coroutineOf(call);
  if (!definition || !effects.isFree(definition) || !effects.argumentsArePlain(call)) return undefined;
  const list = source.textOf(inner[0].firstChild!.firstChild!.firstChild!);
  const variable = source.textOf(parts[1]);
  if (namesIn(source, call).has(list) || isUsedBehind(source, loop, variable)) return undefined;
  return { how: 'loop', nodes: [loop], statements: [], awaits: [linesOf(source, inner[0], call)] };
}

/** The call in `NAME.append(await call(…))`. */
export function appended(source: Source, statement: SyntaxNode): SyntaxNode | undefined {
  const call = statement.name === 'ExpressionStatement' ? statement.firstChild : undefined;
  const callee = call?.name === 'CallExpression' ? call.firstChild! : undefined;
  if (callee?.name !== 'MemberExpression' || callee.firstChild?.name !== 'VariableName') return undefined;
  if (!source.textOf(callee).endsWith('.append')) return undefined;
  const args = [...childrenOf(call!.getChild('ArgList')!)].filter(({ name }) => name !== '(' && name !== ')');
  return args.length === 1 ? awaitedCall(args[0]) : undefined;
}

function isRange(source: Source, node: SyntaxNode): boolean {
  return node.name === 'CallExpression' && /^range\([^()]*\)$/.test(source.textOf(node));
}

function isUsedBehind(source: Source, loop: SyntaxNode, variable: string): boolean {
  const definition = enclosing(loop, 'FunctionDefinition');
  return [...within(definition ?? loop)].some(
    (node) => node.name === 'VariableName' && node.from > loop.to && source.textOf(node) === variable,
  );
}

/** `[await f(x) for x in xs]` */
function comprehensionIn(source: Source, effects: Effects, node: SyntaxNode): Sequence | undefined {
  const parts = [...childrenOf(node)].filter(({ name }) => name !== 'Comment');
  const call = parts[1]?.name === 'AwaitExpression' ? awaitedCall(parts[1]) : undefined;
  const names = parts.map(({ name }) => name);
  // One `for`, no `if`: what a condition awaits, or tests, may depend on what was before.
  if (!call || names.filter((name) => name === 'for').length !== 1 || names.includes('if') || names.includes('async'))
    return undefined;
  if (
    isExclusive(source, node) ||
    enclosing(node, 'FunctionDefinition', 'LambdaExpression')?.firstChild?.name !== 'async'
  )
    return undefined;
  const iterated = parts[names.indexOf('in') + 1];
  if (!iterated || (!effects.isPlain(iterated) && !isRange(source, iterated))) return undefined;
  const definition = effects.coroutineOf(call);
  if (!definition || !effects.isFree(definition) || !effects.argumentsArePlain(call)) return undefined;
  return { how: 'comprehension', nodes: [node], statements: [], awaits: [linesOf(source, parts[1], call)] };
}

/** Whether it is inside a loop: a run does not tell which awaits belong to the same round of that loop. */
function isRepeated(node: SyntaxNode): boolean {
  for (let at = node.parent; at && at.name !== 'FunctionDefinition'; at = at.parent)
    if (/^(For|While)Statement$/.test(at.name)) return true;
  return false;
}

/** Within an `async with` of a lock, a connection or a transaction one thing at a time may be what is meant. */
function isExclusive(source: Source, node: SyntaxNode): boolean {
  for (let at = node.parent; at && at.name !== 'FunctionDefinition'; at = at.parent) {
    if (at.name !== 'WithStatement' || at.firstChild?.name !== 'async') continue;
    const texts = withItems(at).map(({ value }) => source.textOf(value));
    if (!texts.every((text) => /^(asyncio\.)?(timeout|timeout_at|TaskGroup)\(/.test(text))) return true;
  }
  return false;
}

function linesOf(source: Source, node: SyntaxNode, call: SyntaxNode) {
  const first = source.line(node);
  return { first, last: source.place(node.to).line, call: shortText(source.textOf(call), 40) };
}
