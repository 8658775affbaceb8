import type { SyntaxNode } from '@lezer/common';
import { waysOf } from './alternatives';
import { isAsynchronous } from './entries';
import { firstDeed } from './module-level';
import { documentLine, type Reading } from './reading';
import { inModule, type Module } from './statements';

/** A place above which code can be run. */
export interface RunPlace {
  /** Of the document, from 1. */
  readonly line: number;
  /** The function to run alone; none: the block as a whole. */
  readonly function?: string;
  /** One of several ways that a block shows, from 1. */
  readonly way?: number;
}

/** Where a file of Python can be run: at what starts its loop or awaits at module level, and at each coroutine function. */
export function filePlaces(reading: Reading): RunPlace[] {
  const { module } = reading;
  const places = [...module.coroutines].map(([name, node]) => ({
    line: documentLine(reading, node.parent?.name === 'DecoratedStatement' ? node.parent.from : node.from),
    function: name,
  }));
  const ways = waysOf(reading).map(({ number, line }): RunPlace => ({ line, way: number }));
  const starts = startOf(module) ?? firstDeed(module, 'file')?.node;
  const all: RunPlace[] =
    ways.length > 0
      ? [...places, ...ways]
      : starts
        ? [...places, { line: documentLine(reading, starts.from) }]
        : places;
  return all.sort((a, b) => a.line - b.line);
}

/** Where a block of a note, or a cell, can be run: at its top, if there is anything asynchronous in it, or at each way that it shows. */
export function blockPlaces(reading: Reading): RunPlace[] {
  const { block, module, errors } = reading;
  const isAsync = isAsynchronous(module) || (errors.length > 0 && /\b(async|await|asyncio)\b/.test(module.source.text));
  if (!isAsync) return [];
  const ways = waysOf(reading);
  return ways.length > 0 ? ways.map(({ number, line }) => ({ line, way: number })) : [{ line: block.first }];
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

/** The coroutine function, or the function of the module, that contains a line of the document. */
export function functionAt(reading: Reading, line: number): string | undefined {
  const { module } = reading;
  for (const [name, node] of [...module.coroutines, ...module.functions]) {
    const around = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
    const end = reading.source.text.slice(0, around.to).trimEnd().length;
    if (documentLine(reading, around.from) <= line && line <= documentLine(reading, end)) return name;
  }
  return undefined;
}
