import type { SyntaxNode } from '@lezer/common';
import type { AwaitedAtOnce } from '../../core/timeline/shapes';
import { argumentsOf, awaited, awaitOf, childrenOf, enclosing, type Source, within } from '../syntax';
import type { Effects } from './effects';
import { bodiesOf, shortText } from './statements';

/** Code that uses context variables or inspects tasks may need a task. */
const OWN_TASK = /\b(ContextVar|contextvars|set_task_factory|eager_task_factory|current_task)\b/;

/**
 * `await asyncio.create_task(f())`, and `task = asyncio.create_task(f())` with `await task` as the next thing, where the name is used for
 * nothing else: nobody can cancel the task, look at it, or run beside it.
 */
export function awaitedAtOnceIn(source: Source, effects: Effects): AwaitedAtOnce[] {
  if (OWN_TASK.test(source.text)) return [];
  return [...inline(source, effects), ...pairs(source, effects)];
}

function inline(source: Source, effects: Effects): AwaitedAtOnce[] {
  const found: AwaitedAtOnce[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'CallExpression' || !awaitOf(node)) return;
      const runs = taskOf(source, effects, node);
      if (!runs) return;
      found.push({ created: source.line(node), awaited: source.line(awaitOf(node)!), call: runs });
    },
  });
  return found;
}

function pairs(source: Source, effects: Effects): AwaitedAtOnce[] {
  const found: (AwaitedAtOnce & { readonly name: string; readonly within: SyntaxNode })[] = [];
  for (const body of bodiesOf(source)) {
    body.forEach((node, i) => {
      const parts = [...childrenOf(node)];
      if (node.name !== 'AssignStatement' || parts.length !== 3 || parts[0].name !== 'VariableName') return;
      const call = parts[2].name === 'CallExpression' ? taskOf(source, effects, parts[2]) : undefined;
      const name = source.textOf(parts[0]);
      const next = call === undefined ? undefined : firstAwait(body[i + 1]);
      if (call === undefined || !next || source.textOf(awaited(next) ?? next) !== name) return;
      const definition = enclosing(node, 'FunctionDefinition')!;
      found.push({ created: source.line(node), awaited: source.line(next), call, name, within: definition });
    });
  }
  return found.filter(({ name, within: definition }) => {
    const same = found.filter((each) => each.name === name && each.within.from === definition.from).length;
    // In nested functions too: they may have it.
    let uses = 0;
    definition.cursor().iterate((at) => {
      if (at.name === 'VariableName' && source.textOf(at) === name) uses++;
    });
    return uses === 2 * same;
  });
}

/** A simple statement whose first await this is: what follows a test may not be reached. */
function firstAwait(statement: SyntaxNode | undefined): SyntaxNode | undefined {
  if (!statement || !/^(Expression|Assign|Return)Statement$/.test(statement.name)) return undefined;
  return [...within(statement)].find(({ name }) => name === 'AwaitExpression');
}

/** The call that a new task runs; undefined if the task gets its own context, which a plain `await` would not give. */
function taskOf(source: Source, effects: Effects, call: SyntaxNode): string | undefined {
  const dotted = effects.dotted(call.firstChild!);
  if (dotted !== 'asyncio.create_task' && dotted !== 'asyncio.ensure_future') return undefined;
  const { positional, named, starred } = argumentsOf(source, call);
  if (starred || positional.length !== 1 || named.has('context') || named.has('eager_start')) return undefined;
  return positional[0].name === 'CallExpression' ? shortText(source.textOf(positional[0]), 40) : undefined;
}
