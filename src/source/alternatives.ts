import type { SyntaxNode } from '@lezer/common';
import { documentLine, type Reading } from './reading';
import { isSeparator } from './repairs/separators';
import { definitionIn, type Statement } from './statements';

/** One of several alternatives that a block shows one below the other, as notes do. */
export interface Way {
  /** From 1; the command line says `a`, `b`, … */
  readonly number: number;
  /** Of the document. */
  readonly line: number;
  readonly last: number;
  /** Its first line of code. */
  readonly code: string;
  /** Statements of only this alternative. */
  readonly statements: readonly Statement[];
}

interface Group {
  readonly kind: 'await' | 'run' | undefined;
  readonly statements: Statement[];
}

/**
 * The alternatives in a block: split where it says “or”, else between `await` outside of functions and `asyncio.run`.
 * These two never work together: with a running loop the second raises, without one Python refuses the first. Empty: no alternatives.
 */
export function waysOf(reading: Reading): readonly Way[] {
  if (reading.errors.length > 0) return [];
  const said = reading.notes.flatMap((note) =>
    note.kind === 'leftover' && isSeparator(note.quote) ? [note.line] : [],
  );
  // Lines of a function whose head was not copied are no alternative to what calls it.
  if (said.length === 0 && reading.notes.some(({ kind }) => kind === 'stray')) return [];
  const groups = said.length > 0 ? splitAt(reading, said) : byKind(reading);
  return groups.length < 2 ? [] : groups.map(({ statements }, i) => wayOf(reading, i + 1, statements));
}

function byKind({ module }: Reading): readonly Group[] {
  const groups: Group[] = [];
  for (const statement of module.statements) {
    const kind = statement.awaits ? 'await' : statement.enters ? 'run' : undefined;
    const current = groups.at(-1);
    if (kind && current?.kind !== kind) groups.push({ kind, statements: [statement] });
    else if (current && !isShared(statement.node)) current.statements.push(statement);
  }
  return groups;
}

function splitAt(reading: Reading, lines: readonly number[]): readonly Group[] {
  const groups = [0, ...lines].map((): Group => ({ kind: undefined, statements: [] }));
  for (const statement of reading.module.statements) {
    const at = documentLine(reading, statement.node.from);
    if (!isShared(statement.node)) groups[lines.filter((line) => line < at).length].statements.push(statement);
  }
  return groups
    .map(({ kind, statements }) => ({ kind, statements: statements.slice(firstStart(statements)) }))
    .filter(({ statements }) => statements.length > 0);
}

/** What comes before it is the setup for all alternatives. */
function firstStart(statements: readonly Statement[]): number {
  const at = statements.findIndex(({ awaits, enters }) => awaits || enters);
  return at < 0 ? 0 : at;
}

function isShared(node: SyntaxNode): boolean {
  return node.name === 'ImportStatement' || definitionIn(node) !== undefined;
}

function wayOf(reading: Reading, number: number, statements: readonly Statement[]): Way {
  const { node } = statements[0];
  const end = statements[statements.length - 1].node.to;
  const to = reading.source.text.slice(0, end).trimEnd().length;
  const [code] = reading.source.textOf(node).split('\n');
  return { number, line: documentLine(reading, node.from), last: documentLine(reading, to), code, statements };
}

/** `a` for the first way. */
export function letterOf({ number }: Pick<Way, 'number'>): string {
  return String.fromCharCode('a'.charCodeAt(0) + number - 1);
}

export function numberOf(letter: string): number {
  return letter.charCodeAt(0) - 'a'.charCodeAt(0) + 1;
}
