import type { SyntaxNode } from '@lezer/common';
import { enclosing, type Source } from '../syntax';
import type { Sequence } from './sequences';

/**
 * `async with asyncio.TaskGroup()` for awaits one after another. Like `gather()` it runs them together; if one fails, it also cancels
 * the others.
 * @returns the text instead of the statements; undefined where the shape does not fit: results that are taken apart, or an `except`
 *   around that would get a group of exceptions instead
 */
export function taskGroup(source: Source, asyncio: string, { nodes, statements }: Sequence): string | undefined {
  if (isTried(nodes[0]) || /\btasks?_group\b/.test(source.text)) return undefined;
  const names = statements.map(({ targets }) => (targets.length === 1 ? source.textOf(targets[0]) : ''));
  const bound = statements.filter(({ targets }) => targets.length > 0).length;
  if (bound > 0 && names.some((name) => !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))) return undefined;
  const tasks = names.map((name) => `${name}_task`);
  if (bound > 0 && tasks.some((name) => new RegExp(`\\b${name}\\b`).test(source.text))) return undefined;
  const { column } = source.place(nodes[0].from);
  const indentation = source.text.slice(nodes[0].from - column, nodes[0].from);
  if (indentation.trim() !== '') return undefined;
  const step = indentation.startsWith('\t') ? '\t' : '    ';
  const lines = statements.map(({ call }, i) => {
    const create = `task_group.create_task(${source.textOf(call)})`;
    return `${indentation}${step}${bound > 0 ? `${tasks[i]} = ` : ''}${create}`;
  });
  const results =
    bound > 0 ? [`${indentation}${names.join(', ')} = ${tasks.map((name) => `${name}.result()`).join(', ')}`] : [];
  return [`async with ${asyncio}.TaskGroup() as task_group:`, ...lines, ...results].join('\n');
}

/** Whether a `try` of the same function is around. */
function isTried(node: SyntaxNode): boolean {
  return enclosing(node, 'TryStatement', 'FunctionDefinition')?.name === 'TryStatement';
}
