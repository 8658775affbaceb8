import type { SyntaxNode } from '@lezer/common';
import type { CallSite } from '../core/explain/call';
import type { CallUse } from '../core/explain/call-use';
import type { Place } from '../core/explain/explain';
import { holds } from './await-sites';
import { decoratorOf, undecorated } from './definitions';
import { Subjects } from './subject';
import { aroundOf, awaitOf, childrenOf, enclosing, isAsync, Source, within } from './syntax';

/** The site whose callee, or whose head, a position points at. */
export function callAt(sites: readonly CallSite[], at: Place): CallSite | undefined {
  return sites.findLast(({ range }) => holds(range, at));
}

/** Every `async def`, and every call that has to do with async code and is not itself awaited, iterated or entered. In source order. */
export function callSites(text: string): CallSite[] {
  return callsIn(new Subjects(new Source(text)));
}

export function callsIn(subjects: Subjects): CallSite[] {
  const { source } = subjects;
  const sites: CallSite[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name === 'FunctionDefinition' && isAsync(node)) sites.push(definition(source, node));
      else if (name === 'CallExpression') sites.push(...callSite(source, subjects, node));
    },
  });
  return sites;
}

function definition(source: Source, node: SyntaxNode): CallSite {
  const name = node.getChild('VariableName');
  return {
    kind: 'definition',
    range: source.range(node.from, name?.to ?? node.from + 'async def'.length),
    subject: undecorated(source, node),
    decorator: decoratorOf(source, node),
  };
}

function callSite(source: Source, subjects: Subjects, node: SyntaxNode): CallSite[] {
  const callee = node.firstChild!;
  const use = groupOf(source, subjects, callee) ?? useOf(source, subjects, node);
  if (!use) return [];
  const subject = subjects.of(node, '__await__');
  const matters =
    subject.kind === 'coroutine' ||
    subject.kind === 'generator' ||
    subject.kind === 'task' ||
    subject.kind === 'asyncio' ||
    (subject.kind === 'wrong' && subject.instead !== undefined);
  if (!matters) return [];
  return [{ kind: 'call', range: source.range(callee.from, callee.to), subject, use, around: aroundOf(node) }];
}

/** Tasks of a group are kept, and awaited, by the group. */
function groupOf(source: Source, subjects: Subjects, callee: SyntaxNode): CallUse | undefined {
  if (callee.name !== 'MemberExpression' || source.textOf(callee.lastChild!) !== 'create_task') return undefined;
  const owner = subjects.of(callee.firstChild!, '');
  if (owner.kind !== 'asyncio' || owner.name !== 'TaskGroup') return undefined;
  return { kind: 'grouped', group: source.textOf(callee.firstChild!) };
}

/** Wrappers that await their argument themselves. */
const takers =
  /^(?:asyncio|asyncio\..*|contextlib)\.(gather|ensure_future|wait_for|shield|wait|as_completed|run|run_coroutine_threadsafe|aclosing)$|\.(create_task|run_until_complete)$/;

/** How the value of a call is used; undefined if an `await`, an `async for` or an `async with` takes it: these are sites themselves. */
function useOf(source: Source, subjects: Subjects, node: SyntaxNode): CallUse | undefined {
  let at = node;
  let above = node.parent;
  while (above?.name === 'ParenthesizedExpression') {
    at = above;
    above = above.parent;
  }
  if (!above || awaitOf(at) || awaitsIt(above, at)) return undefined;
  if (above.name === 'ExpressionStatement') return { kind: 'dropped' };
  if (above.name === 'ReturnStatement') return { kind: 'returned' };
  if (above.name === 'AssignStatement') {
    const target = targetOf(above, at);
    if (!target) return { kind: 'other' };
    const simple = target.name === 'VariableName';
    const name = source.textOf(target);
    return { kind: 'kept', name, used: !simple || isUsed(source, above, name) };
  }
  const list = enclosing(node, 'ArgList');
  const taker = list?.parent?.name === 'CallExpression' ? list.parent.firstChild : undefined;
  if (taker && list!.from < node.from) {
    const name = subjects.dotted(taker) ?? source.textOf(taker);
    const known = takers.exec(name);
    if (known) {
      const marks = {
        ...(subjects.isNested() ? { nested: true } : {}),
        ...(subjects.isEager(list!.parent!) ? { eager: true } : {}),
      };
      return { kind: 'handed', to: source.textOf(taker), taker: known[1] ?? known[2], ...marks };
    }
  }
  return { kind: 'other' };
}

/** What a value is assigned to: of `a, b = f(), g()` each to its own. */
function targetOf(assignment: SyntaxNode, value: SyntaxNode): SyntaxNode | undefined {
  const parts = [...childrenOf(assignment)].filter(({ name }) => name !== ',' && name !== 'TypeDef');
  const last = parts.findLastIndex(({ name }) => name === 'AssignOp');
  const values = parts.slice(last + 1);
  if (values.length < 2) return assignment.firstChild!;
  const targets = parts.slice(
    0,
    parts.findIndex(({ name }) => name === 'AssignOp'),
  );
  return targets.length === values.length ? targets[values.findIndex(({ from }) => from === value.from)] : undefined;
}

function awaitsIt(above: SyntaxNode, at: SyntaxNode): boolean {
  const before = at.prevSibling?.name;
  if (above.name === 'ForStatement') return isAsync(above) && before === 'in';
  if (above.name === 'WithStatement') return isAsync(above);
  return above.name.endsWith('ComprehensionExpression') && before === 'in' && above.getChild('async') !== null;
}

/** Whether a name shows up again in the function where it was bound. */
function isUsed(source: Source, assignment: SyntaxNode, name: string): boolean {
  const scope = enclosing(assignment, 'FunctionDefinition', 'LambdaExpression', 'Script');
  if (!scope) return true;
  // What belongs to a scope around it is used there.
  const belongs =
    scope.name !== 'Script' && new RegExp(`\\b(global|nonlocal)\\b[\\w\\s,]*\\b${name}\\b`).test(source.textOf(scope));
  if (belongs) return true;
  for (const node of descendants(scope))
    if (node.name === 'VariableName' && node.from > assignment.to && source.textOf(node) === name) return true;
  // In a loop what is written above comes after, too.
  return (
    enclosing(assignment, 'ForStatement', 'WhileStatement') !== undefined &&
    [...within(scope)].some(
      (node) => node.name === 'VariableName' && node.to < assignment.from && source.textOf(node) === name,
    )
  );
}

function* descendants(node: SyntaxNode): Generator<SyntaxNode> {
  for (const child of childrenOf(node)) {
    yield child;
    yield* descendants(child);
  }
}
