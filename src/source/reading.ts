import type { PlanNote } from '../core/trace/plan-notes';
import { type Block, type CodeLine, textOf } from './document';
import { syntaxErrors } from './errors';
import { plainCharacters, withoutTypography } from './repairs/characters';
import { cutChat } from './repairs/chat';
import { cutGutter } from './repairs/gutter';
import { commonIndentation } from './repairs/indentation';
import { cutLeftovers } from './repairs/leftovers';
import { cutMarkers } from './repairs/markers';
import { addMissing } from './repairs/missing';
import { cutNumbers } from './repairs/numbers';
import { cutPrinted } from './repairs/printed';
import { cutPrompts } from './repairs/prompts';
import { plainPunctuation, withoutPunctuation } from './repairs/punctuation';
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
  const reading = repaired(block, block.lines, before);
  if (reading.errors.length === 0) return reading;
  // Each repair wants the code to be valid with it. Typographic characters are a second fault, which keeps the others from seeing that.
  let lines = block.lines;
  for (const plain of [withoutTypography, withoutPunctuation]) {
    const changed = plain(lines);
    const at = block.lines.find((line, i) => changed[i] !== line);
    lines = changed;
    if (!at) continue;
    const other = repaired(block, changed);
    if (other.errors.length === 0)
      return {
        ...other,
        notes: [{ kind: 'characters', line: at.line }, ...other.notes.filter(({ kind }) => kind !== 'characters')],
      };
  }
  return reading;
}

function repaired(block: Block, of: readonly CodeLine[], before?: Source): Reading {
  let lines = of;
  let known: Source | undefined;
  const parsed = () => {
    known ??= new Source(textOf(lines), before);
    return known;
  };
  const notes: PlanNote[] = [];
  for (const repair of repairs) {
    const found = repair(lines, parsed);
    if (!found) continue;
    lines = found.lines;
    known = undefined;
    notes.push(...found.notes);
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
