import type { SyntaxNode } from '@lezer/common';
import { aroundOf, childrenOf, enclosing, type Source, within } from '../syntax';
import { Effects, isBuiltin } from './effects';
import type { TextEdit } from './text-edit';

// Edits of one call: `await` before it, `asyncio.sleep` instead of `time.sleep`, or a thread that runs it.

/** `time.sleep(…)` becomes `await asyncio.sleep(…)`, any other call that blocks `await asyncio.to_thread(…)`. Only in coroutine functions. */
export function blockingCall(source: Source, asyncio: string, line: number): TextEdit | undefined {
  const effects = new Effects(source);
  const calls = callsIn(source, line);
  const sleeps = calls.filter((call) => effects.dotted(call.firstChild!) === 'time.sleep');
  if (sleeps.length > 0) return sleeps.length === 1 ? slept(asyncio, sleeps[0]) : undefined;
  const [call, ...others] = outermost(calls.filter((each) => canRunInThread(source, effects, each)));
  return call && others.length === 0 ? inThread(source, asyncio, call) : undefined;
}

function slept(asyncio: string, call: SyntaxNode): TextEdit | undefined {
  // Other parts of the expression could bind tighter than `await`, or be a comprehension.
  if (aroundOf(call) !== 'coroutine' || call.parent?.name !== 'ExpressionStatement') return undefined;
  const callee = call.firstChild!;
  return { from: callee.from, to: callee.to, insert: `await ${asyncio}.sleep` };
}

/** A call of a function by its name, written in a coroutine function, that is neither awaited nor asyncio's. */
function canRunInThread(source: Source, effects: Effects, call: SyntaxNode): boolean {
  const callee = call.firstChild!;
  if (!/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(source.textOf(callee)) || call.parent?.name === 'AwaitExpression')
    return false;
  const dotted = effects.dotted(callee);
  if (isBuiltin(dotted) || /^(asyncio|super)\b/.test(dotted) || effects.coroutineOf(call)) return false;
  const args = [...childrenOf(call.getChild('ArgList')!)];
  // A generator as the only argument has no parentheses of its own.
  if (args.some(({ name }) => name === 'for')) return false;
  return aroundOf(call) === 'coroutine' && !enclosing(call, ...COMPREHENSIONS) && !awaitsWithin(call);
}

const COMPREHENSIONS = [
  'ArrayComprehensionExpression',
  'SetComprehensionExpression',
  'DictionaryComprehensionExpression',
  'ComprehensionExpression',
];

function awaitsWithin(call: SyntaxNode): boolean {
  return [...within(call)].some(({ name }) => name === 'AwaitExpression' || name === 'YieldExpression');
}

function inThread(source: Source, asyncio: string, call: SyntaxNode): TextEdit {
  const callee = source.textOf(call.firstChild!);
  const args = source.textOf(call.getChild('ArgList')!).slice(1, -1).trim();
  const text = `await ${asyncio}.to_thread(${args === '' ? callee : `${callee}, ${args}`})`;
  return { from: call.from, to: call.to, insert: isAlone(call) ? text : `(${text})`, needsThreads: true };
}

/** `await` before a call that only made a coroutine: of a coroutine function of this file, or the only call of its statement. */
export function awaitedAt(source: Source, line: number): TextEdit | undefined {
  const effects = new Effects(source);
  const calls = callsIn(source, line).filter(
    (call) => aroundOf(call) === 'coroutine' && call.parent?.name !== 'AwaitExpression',
  );
  const own = calls.filter((call) => effects.coroutineOf(call));
  const [call, ...others] = own.length > 0 ? own : calls;
  if (!call || others.length > 0 || enclosing(call, 'ComprehensionExpression')) return undefined;
  if (own.length === 0 && call.parent?.name !== 'ExpressionStatement') return undefined;
  const text = `await ${source.textOf(call)}`;
  return isAlone(call)
    ? { from: call.from, to: call.from, insert: 'await ' }
    : { from: call.from, to: call.to, insert: `(${text})` };
}

/** Whether `await` before the call takes nothing else of the expression with it. */
function isAlone({ parent }: SyntaxNode): boolean {
  return /^(Assign|Return|Expression)Statement$|^ArgList$/.test(parent?.name ?? '');
}

function callsIn(source: Source, line: number): SyntaxNode[] {
  const calls: SyntaxNode[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name === 'CallExpression' && source.line(node) === line) calls.push(node);
    },
  });
  return calls;
}

/** Those that are not in one of the others. */
function outermost(calls: readonly SyntaxNode[]): SyntaxNode[] {
  return calls.filter(
    (call) => !calls.some((other) => other !== call && other.from <= call.from && call.to <= other.to),
  );
}
