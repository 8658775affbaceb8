import type { SyntaxNode } from '@lezer/common';
import type { PlanNote } from '../core/trace/plan-notes';
import { type Documents, partPiece } from './pieces';
import type { Piece } from './plan';
import { documentLine, type Reading } from './reading';
import { builtinNames } from './standard-names';
import type { Statement } from './statements';

export interface Borrowed {
  /** What runs before the block, in the order of the document. */
  readonly pieces: readonly Piece[];
  readonly notes: readonly PlanNote[];
  /** What was found. */
  readonly names: ReadonlySet<string>;
  /** Names that the borrowed statements need and no block defines. */
  readonly missing: ReadonlyMap<string, (string | undefined)[]>;
}

/**
 * Takes names from other blocks: from the nearest before, else from the nearest after, with everything that their definitions need.
 * @param start index of the block to start from @param home the block that needs them, which is skipped; -1: none
 */
export function borrow(
  wanted: Iterable<string>,
  start: number,
  home: number,
  blocks: readonly (() => Reading)[],
  documents: Documents,
): Borrowed {
  const taken = new Map<number, Set<Statement>>();
  const asked = new Map<number, Map<string, Statement>>();
  const names = new Set<string>();
  const missing = new Map<string, (string | undefined)[]>();
  const seen = new Set<string>();
  const queue = [...wanted].map((name) => ({
    name,
    from: start,
    members: [] as (string | undefined)[],
    isAsked: true,
  }));
  for (const { name, from, members, isAsked } of queue) {
    const key = `${from} ${name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = nearest(name, from, home, blocks);
    if (!found) {
      if (!isAsked) missing.set(name, members);
      continue;
    }
    const { index, statement } = found;
    if (isAsked) {
      names.add(name);
      if (!asked.has(index)) asked.set(index, new Map());
      asked.get(index)!.set(name, statement);
    }
    const already = taken.get(index) ?? new Set();
    taken.set(index, already);
    if (already.has(statement)) continue;
    already.add(statement);
    for (const need of statement.needs) {
      if (statement.binds.has(need.name) || builtinNames.has(need.name)) continue;
      queue.push({ name: need.name, from: index, members: [need.member], isAsked: false });
    }
  }
  const order = [...taken.keys()].sort((a, b) => a - b);
  return {
    pieces: order.map((index) => partPiece(blocks[index](), documents, nodesOf(taken.get(index)!))),
    notes: [...asked]
      .sort(([a], [b]) => a - b)
      .map(([index, found]) => {
        const reading = blocks[index]();
        const first = Math.min(...[...found.values()].map(({ node }) => node.from));
        return {
          kind: 'borrowed',
          names: [...found.keys()],
          from: reading.block.number,
          line: documentLine(reading, first),
        };
      }),
    names,
    missing,
  };
}

function nodesOf(statements: Iterable<Statement>): SyntaxNode[] {
  return [...statements].map(({ node }) => node);
}

function nearest(name: string, from: number, home: number, blocks: readonly (() => Reading)[]) {
  const before = Array.from({ length: from + 1 }, (_, i) => from - i);
  const after = Array.from({ length: Math.max(0, blocks.length - from - 1) }, (_, i) => from + 1 + i);
  for (const index of [...before, ...after]) {
    if (index === home || index < 0 || index >= blocks.length) continue;
    const { module } = blocks[index]();
    // The last one counts: it is what the name stands for when the block has run.
    const statement = module.statements.findLast(({ binds, enters, awaits }) => binds.has(name) && !enters && !awaits);
    if (statement) return { index, statement };
  }
  return undefined;
}
