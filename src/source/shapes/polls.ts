import type { SyntaxNode } from '@lezer/common';
import type { PollLoop } from '../../core/timeline/shapes';
import { childrenOf, type Source, within } from '../syntax';
import type { Effects } from './effects';
import { awaitedCall, shortText } from './statements';

/**
 * `while not ready: await asyncio.sleep(0.01)`, also as `while True:` with a `break` before or after the sleep. What is tested has to be
 * something that other tasks change: of a file, a process or a clock nobody can be told.
 */
export function pollsIn(source: Source, effects: Effects): PollLoop[] {
  const polls: PollLoop[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'WhileStatement') return;
      const poll = pollOf(source, effects, node);
      if (poll) polls.push(poll);
    },
  });
  return polls;
}

function pollOf(source: Source, effects: Effects, loop: SyntaxNode): PollLoop | undefined {
  const parts = [...childrenOf(loop)];
  const [, test] = parts;
  const body = loop.getChild('Body');
  if (!body || parts.at(-1)?.name !== 'Body' || !test) return undefined;
  const inner = [...childrenOf(body)].filter(({ name }) => ![':', 'Comment', 'PassStatement'].includes(name));
  const sleep = inner.find((node) => isSleep(effects, node));
  const rest = inner.filter((node) => node !== sleep);
  if (!sleep) return undefined;
  const line = source.line(loop);
  const place = { line, sleep: source.line(sleep) };
  if (rest.length === 0 && isShared(source, test)) return { ...place, test: shortText(source.textOf(test), 40) };
  const left = rest.length === 1 && source.textOf(test) === 'True' ? exitOf(rest[0]) : undefined;
  return left && isShared(source, left) ? { ...place, test: shortText(source.textOf(left), 40) } : undefined;
}

function isSleep(effects: Effects, node: SyntaxNode): boolean {
  const call = node.name === 'ExpressionStatement' ? awaitedCall(node.firstChild ?? undefined) : undefined;
  return call !== undefined && effects.dotted(call.firstChild!) === 'asyncio.sleep';
}

/** The test of `if …: break` or `if …: return`. */
function exitOf(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name !== 'IfStatement') return undefined;
  const parts = [...childrenOf(node)];
  const body = parts.length === 3 && parts[2].name === 'Body' ? parts[2] : undefined;
  const inner = body ? [...childrenOf(body)].filter(({ name }) => name !== ':' && name !== 'Comment') : [];
  return inner.length === 1 && /^(Break|Return)Statement$/.test(inner[0].name) ? parts[1] : undefined;
}

/** Methods that tell how something of asyncio's, or a container, stands. */
const STATES = /\.(is_set|done|empty|full|locked|qsize|cancelled)$/;

/** A condition of names, attributes and items, and of what asyncio's own objects say of themselves. */
function isShared(source: Source, test: SyntaxNode): boolean {
  const nodes = [test, ...within(test)];
  if (!nodes.some(({ name }) => name === 'VariableName')) return false;
  return nodes.every((node) => {
    if (node.name === 'AwaitExpression' || node.name === 'NamedExpression') return false;
    if (node.name !== 'CallExpression') return true;
    const callee = source.textOf(node.firstChild!);
    return callee === 'len' || (STATES.test(callee) && node.getChild('ArgList')?.firstChild?.nextSibling?.name === ')');
  });
}
