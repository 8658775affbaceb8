import type { SyntaxNode } from '@lezer/common';
import { isAsynchronous } from './entries';
import { documentLine, type Reading } from './reading';
import { inModule, type Module } from './statements';

/** A place above which code can be run. */
export interface RunPlace {
  /** Of the document, from 1. */
  readonly line: number;
  /** The function to run alone; none: the block as a whole. */
  readonly function?: string;
}

/** Where a file of Python can be run: at what starts its loop or awaits at module level, and at each coroutine function. */
export function filePlaces(reading: Reading): RunPlace[] {
  const { module } = reading;
  const places = [...module.coroutines].map(([name, node]) => ({
    line: documentLine(reading, node.parent?.name === 'DecoratedStatement' ? node.parent.from : node.from),
    function: name,
  }));
  const starts = startOf(module);
  const all: RunPlace[] = starts ? [...places, { line: documentLine(reading, starts.from) }] : places;
  return all.sort((a, b) => a.line - b.line);
}

/** Where a block of a note, or a cell, can be run: at its top, if there is anything asynchronous in it. */
export function blockPlace({ block, module, errors }: Reading): RunPlace | undefined {
  const isAsync = isAsynchronous(module) || (errors.length > 0 && /\b(async|await|asyncio)\b/.test(module.source.text));
  return isAsync ? { line: block.first } : undefined;
}

/** The call that starts the loop (inside of `if __name__ == "__main__":` too), or the first await of the module. */
function startOf({ source, statements }: Module): SyntaxNode | undefined {
  const first = statements.find(({ enters, awaits }) => enters || awaits);
  if (!first || first.awaits) return first?.awaits;
  const calls = [...inModule(first.node)].filter(({ name }) => name === 'CallExpression');
  return (
    calls.find((call) =>
      /(^|\.)(run|run_until_complete|run_forever|run_app|Runner)$/.test(source.textOf(call.firstChild!)),
    ) ??
    calls[0] ??
    first.node
  );
}

/** The coroutine function or function of the module that a line (of the document) stands in. */
export function functionAt(reading: Reading, line: number): string | undefined {
  const { module } = reading;
  for (const [name, node] of [...module.coroutines, ...module.functions]) {
    const around = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
    const end = reading.source.text.slice(0, around.to).trimEnd().length;
    if (documentLine(reading, around.from) <= line && line <= documentLine(reading, end)) return name;
  }
  return undefined;
}
