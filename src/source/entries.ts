import type { SyntaxNode } from '@lezer/common';
import { hasYield } from './definitions';
import { exampleCall, type Parameter } from './example-call';
import type { Candidate } from './plan';
import { inModule, type Module } from './statements';
import { childrenOf, type Source } from './syntax';

/** The coroutine functions of a module that nobody enters, those to be asked about last. */
export interface Choice {
  readonly kind: 'one' | 'several' | 'arguments';
  readonly candidates: readonly Candidate[];
}

/** @param bound names that the module gives a value */
export function candidateOf(
  source: Source,
  name: string,
  definition: SyntaxNode,
  bound?: ReadonlySet<string>,
): Candidate {
  const { line, column } = source.place(definition.from);
  const parameters = requiredOf(source, definition);
  return {
    name,
    line,
    column,
    required: parameters.map((each) => each.name),
    example: exampleCall(name, parameters, bound),
    generator: hasYield(definition),
  };
}

/** Which coroutine function is meant: `main`, else the one that nothing else calls. Nothing: there is none. */
export function chooseEntry(module: Module): Choice | undefined {
  const bound = new Set(module.statements.flatMap(({ binds }) => [...binds]));
  const all = [...module.coroutines].map(([name, node]) => candidateOf(module.source, name, node, bound));
  if (all.length === 0) return undefined;
  const free = all.filter(({ required }) => required.length === 0);
  const main = free.find(({ name }) => name === 'main');
  if (main) return { kind: 'one', candidates: [main] };
  const isCalled = (name: string) =>
    module.statements.some(
      ({ node, needs, binds }) =>
        !binds.has(name) && node.name !== 'ImportStatement' && needs.some((use) => use.name === name),
    );
  const uncalled = free.filter(({ name }) => !isCalled(name));
  const meant = uncalled.length > 0 ? uncalled : free;
  if (meant.length === 1) return { kind: 'one', candidates: meant };
  if (meant.length > 1) return { kind: 'several', candidates: meant };
  const last = all.filter(({ name }) => !isCalled(name));
  const asked = last.length > 0 ? last : all;
  return { kind: asked.length === 1 ? 'arguments' : 'several', candidates: asked };
}

/** A coroutine function that is called and not awaited where the module runs: what that shows is the point. */
export function callsWithoutAwait(module: Module): boolean {
  return module.statements.some(({ node }) => {
    for (const each of inModule(node)) {
      if (each.name !== 'CallExpression') continue;
      const callee = each.firstChild;
      if (callee?.name === 'VariableName' && module.coroutines.has(module.source.textOf(callee))) return true;
    }
    return false;
  });
}

/** `asyncio.create_task(…)` where the module runs: possible only where a loop runs already, as in a notebook. */
export function makesTasks(module: Module): boolean {
  return module.statements.some(({ node }) =>
    [...inModule(node)].some(
      (each) =>
        each.name === 'CallExpression' &&
        /^(asyncio\.)?(create_task|ensure_future|gather|get_running_loop|current_task)$/.test(
          module.source.textOf(each.firstChild!),
        ),
    ),
  );
}

/** Whether there is anything asynchronous in it at all. */
export function isAsynchronous({ source, statements }: Module): boolean {
  let found = statements.some(({ enters }) => enters);
  source.tree.iterate({
    enter(at) {
      if (found) return false;
      if (at.name === 'async' || at.name === 'AwaitExpression') found = true;
      else if (at.name === 'VariableName' && source.textOf(at) === 'asyncio')
        found = at.node.parent?.name !== 'ImportStatement';
      return !found;
    },
  });
  return found;
}

/** Parameters without a default. */
function requiredOf(source: Source, definition: SyntaxNode): Parameter[] {
  const list = definition.getChild('ParamList');
  const parts = list ? [...childrenOf(list)] : [];
  const required: Parameter[] = [];
  let keyword = false;
  for (let i = 0; i < parts.length; i++) {
    keyword ||= parts[i].name === '*';
    if (parts[i].name !== 'VariableName' || parts[i - 1]?.name === 'AssignOp') continue;
    if (parts[i - 1]?.name === '*' || parts[i - 1]?.name === '**') continue;
    const hint = parts[i + 1]?.name === 'TypeDef' ? parts[i + 1] : undefined;
    const next = hint ? parts[i + 2] : parts[i + 1];
    if (next?.name === 'AssignOp') continue;
    const name = source.textOf(parts[i]);
    required.push({ name, keyword, ...(hint ? { hint: source.textOf(hint).replace(/^\s*:\s*/, '') } : {}) });
  }
  return required;
}

/** A body that does nothing: `...`, `pass`, a docstring. */
export function isStub(definition: SyntaxNode): boolean {
  const body = definition.getChild('Body');
  if (!body) return true;
  return [...childrenOf(body)].every(
    (part) =>
      part.name === ':' ||
      part.name === 'Comment' ||
      part.type.isError ||
      part.name === 'PassStatement' ||
      (part.name === 'ExpressionStatement' && /^(Ellipsis|String)$/.test(part.firstChild?.name ?? '')),
  );
}
