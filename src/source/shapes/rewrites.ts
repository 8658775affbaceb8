import type { SyntaxNode } from '@lezer/common';
import type { RewrittenKind } from '../../core/tried/kinds';
import { importedNames } from '../names';
import { childrenOf, Source, within } from '../syntax';
import { Effects } from './effects';
import { awaitedAt, blockingCall } from './rewritten-calls';
import { appended, type Sequence, sequencesIn } from './sequences';
import { awaitedCall } from './statements';
import { taskGroup } from './task-groups';
import type { TextEdit } from './text-edit';

export type { TextEdit } from './text-edit';

/** A line that the edits would make longer is broken. */
const LONGEST_LINE = 100;

/** What an edit depends on besides the text. */
export interface Rewriting {
  /** The Python of the run, `3.12.1`. From 3.11 on there are TaskGroups. */
  readonly python?: string;
}

/**
 * The edit of a file that a finding asks for: a TaskGroup or `gather()` around awaits one after another, `await asyncio.sleep()` for
 * `time.sleep()`, `await asyncio.to_thread()` for another call that blocks, `await` before a call that was never awaited.
 * @param line where the finding is, from 1
 * @returns undefined: there is none that could be written safely
 */
export function rewriteAt(
  text: string,
  kind: RewrittenKind,
  line: number,
  { python }: Rewriting = {},
): TextEdit | undefined {
  const source = new Source(text);
  if (kind === 'never-awaited') return awaitedAt(source, line);
  const asyncio = [...importedNames(source)].find(([, path]) => path === 'asyncio')?.[0];
  if (asyncio === undefined) return undefined;
  return kind === 'blocking'
    ? blockingCall(source, asyncio, line)
    : together(source, asyncio, line, hasTaskGroup(python));
}

function hasTaskGroup(python = '3.0'): boolean {
  const [major, minor] = python.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 11);
}

export function rewritten(text: string, { from, to, insert }: TextEdit): string {
  return text.slice(0, from) + insert + text.slice(to);
}

/** The lines that an edit changes, as it makes them, with what they have in common at their start cut off. */
export function changedLines(text: string, edit: TextEdit): string[] {
  const after = rewritten(text, edit);
  const from = text.lastIndexOf('\n', edit.from - 1) + 1;
  const end = after.indexOf('\n', edit.from + edit.insert.length);
  const lines = after.slice(from, end < 0 ? undefined : end).split(/\r?\n/);
  const indentation = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indentation));
}

function together(source: Source, asyncio: string, line: number, groups: boolean): TextEdit | undefined {
  const found = sequencesIn(source, new Effects(source)).find(({ awaits }) =>
    awaits.some(({ first, last }) => line >= first && line <= last),
  );
  if (!found || hasComment(source, found)) return undefined;
  if (found.how === 'statements') {
    const group = groups ? taskGroup(source, asyncio, found) : undefined;
    if (group === undefined) return statements(source, asyncio, found);
    return { from: found.nodes[0].from, to: endOf(source, found.nodes.at(-1)!), insert: group };
  }
  return found.how === 'loop' ? loop(source, asyncio, found) : comprehension(source, asyncio, found);
}

/** Whether there is a comment in the replaced text: its place in the new text is unknown. */
function hasComment(source: Source, { nodes }: Sequence): boolean {
  let found = false;
  source.tree.iterate({
    from: nodes[0].from,
    to: nodes.at(-1)!.to,
    enter({ name }) {
      if (name === 'Comment') found = true;
    },
  });
  return found;
}

function statements(source: Source, asyncio: string, { nodes, statements: all }: Sequence): TextEdit {
  const calls = all.map(({ call }) => source.textOf(call));
  const targets = all.map(({ targets: parts }) => {
    const text = parts.map((part) => (part.name === ',' ? ', ' : source.textOf(part))).join('');
    return parts.length > 1 ? `(${text.trimEnd()})` : text;
  });
  const bound = targets.some((text) => text !== '') ? `${targets.join(', ')} = ` : '';
  const { column } = source.place(nodes[0].from);
  const line = `${bound}await ${asyncio}.gather(${calls.join(', ')})`;
  const indentation = source.text.slice(nodes[0].from - column, nodes[0].from).replace(/[^\t]/g, ' ');
  const step = indentation.startsWith('\t') ? '\t' : '    ';
  const broken = `${bound}await ${asyncio}.gather(\n${calls.map((call) => `${indentation}${step}${call},\n`).join('')}${indentation})`;
  const insert = column + line.length > LONGEST_LINE ? broken : line;
  return { from: nodes[0].from, to: endOf(source, nodes.at(-1)!), insert };
}

function loop(source: Source, asyncio: string, { nodes: [node] }: Sequence): TextEdit | undefined {
  const parts = [...childrenOf(node)];
  const into = parts.findIndex(({ name }) => name === 'in');
  const statement = [...childrenOf(node.getChild('Body')!)].find(({ name }) => name === 'ExpressionStatement');
  const call = statement && appended(source, statement);
  if (!call || parts[into + 2]?.name !== 'Body') return undefined;
  const list = source.textOf(statement.firstChild!.firstChild!.firstChild!);
  const each = `${source.textOf(call)} for ${source.textOf(parts[1])} in ${source.textOf(parts[into + 1])}`;
  return {
    from: node.from,
    to: endOf(source, node),
    insert: `${list}.extend(await ${asyncio}.gather(*[${each}]))`,
  };
}

function comprehension(source: Source, asyncio: string, { nodes: [node] }: Sequence): TextEdit | undefined {
  const awaits = [...within(node)].filter(({ name }) => name === 'AwaitExpression');
  const call = awaitedCall(awaits[0]);
  if (!call || awaits.length !== 1) return undefined;
  const list = source.text.slice(node.from, awaits[0].from) + source.text.slice(call.from, node.to);
  const text = `await ${asyncio}.gather(*${list})`;
  const alone = /^(Assign|Return|Expression)Statement$|^ArgList$/.test(node.parent?.name ?? '');
  return { from: node.from, to: node.to, insert: alone ? text : `(${text})` };
}

/** Statements with a body take the line break behind them, too. */
function endOf(source: Source, node: SyntaxNode): number {
  return node.from + source.textOf(node).trimEnd().length;
}
