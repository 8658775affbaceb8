import type { PlanNote } from '../core/trace/plan-notes';
import { type Block, type CodeLine, textOf } from './document';
import { syntaxErrors } from './errors';
import { plainCharacters } from './repairs/characters';
import { cutChat } from './repairs/chat';
import { cutGutter } from './repairs/gutter';
import { commonIndentation } from './repairs/indentation';
import { cutLeftovers } from './repairs/leftovers';
import { cutMarkers } from './repairs/markers';
import { addMissing } from './repairs/missing';
import { cutNumbers } from './repairs/numbers';
import { cutPrinted } from './repairs/printed';
import { cutPrompts } from './repairs/prompts';
import { plainPunctuation } from './repairs/punctuation';
import type { Repair } from './repairs/repair';
import { cutResults } from './repairs/results';
import { separatedLines } from './repairs/separated';
import { cutSeparators } from './repairs/separators';
import { strayIndentation } from './repairs/stray';
import { mixedTabs } from './repairs/tabs';
import type { ModuleNames } from './scopes';
import { type Module, readModule } from './statements';
import { Source } from './syntax';

/** A block after obvious repairs, parsed, with its names. */
export interface Reading {
  readonly block: Block;
  readonly lines: readonly CodeLine[];
  readonly notes: readonly PlanNote[];
  readonly source: Source;
  /** Offsets of syntax errors that remain. */
  readonly errors: readonly number[];
  readonly module: Module;
  readonly names: ModuleNames;
}

/** In order: each may depend on the repairs before. */
const repairs: readonly Repair[] = [
  separatedLines,
  cutLeftovers,
  cutSeparators,
  cutPrompts,
  cutGutter,
  plainCharacters,
  plainPunctuation,
  cutNumbers,
  commonIndentation,
  mixedTabs,
  cutResults,
  addMissing,
  cutPrinted,
  cutChat,
  cutMarkers,
  strayIndentation,
];

/** @param before its source before an edit, if it is known */
export function readBlock(block: Block, before?: Source): Reading {
  let lines = block.lines;
  let known: Source | undefined;
  const parsed = () => {
    known ??= new Source(textOf(lines), before);
    return known;
  };
  const notes: PlanNote[] = [];
  for (const repair of repairs) {
    const repaired = repair(lines, parsed);
    if (!repaired) continue;
    lines = repaired.lines;
    known = undefined;
    notes.push(...repaired.notes);
  }
  const source = parsed();
  const module = readModule(source);
  return { block, lines, notes, source, errors: syntaxErrors(source), module, names: module.names };
}

/** The line of the document that contains an offset of the reading. */
export function documentLine({ source, lines }: Reading, offset: number): number {
  const { line } = source.place(offset);
  return lines[Math.min(line, lines.length) - 1]?.line ?? 1;
}
