import type { SyntaxNode } from '@lezer/common';
import type { PlanNote } from '../core/trace/plan-notes';
import type { AddedImport } from './added-import';
import { type Way, waysOf } from './alternatives';
import { readDirectives } from './directives';
import { callsWithoutAwait, candidateOf, chooseEntry, isAsynchronous, makesTasks } from './entries';
import { exampleCall } from './example-call';
import { firstDeed, goesToWork } from './module-level';
import { type Borrowed, borrow } from './names-from-blocks';
import { Documents, wholePiece } from './pieces';
import type { Candidate, Entry, Plan } from './plan';
import { documentLine, type Reading } from './reading';
import { flattened, onlySignatures, refusalOf, strayIn } from './refuse';
import { isSeparator } from './repairs/separators';
import { simulated } from './simulable';
import { builtinNames, importStatement, standardName } from './standard-names';
import type { Module, Statement } from './statements';

/** The input of a plan for a block. */
export interface Surroundings {
  /** All blocks of the document, read when they are needed. */
  readonly blocks: readonly (() => Reading)[];
  /** The block among them; -1: it is none of them, as a selection is not. */
  readonly home: number;
}

/** What the user asked for, beyond the block. */
export interface Wish {
  /** Run this function instead of what the module itself runs. */
  readonly function?: string;
  /** With this call: `task("A", 2)`. */
  readonly call?: string;
  /** In this way, of several that the block shows: from 1. */
  readonly way?: number;
}

/** Plans how to run a block. Missing names are taken from the blocks around it; the plan says what is still missing. */
export function makePlan(reading: Reading, around: Surroundings, wish: Wish = {}): Plan {
  const { block } = reading;
  if (reading.lines.every(({ text }) => /^\s*(#.*)?$/.test(text)))
    return block.kind === 'file' ? { kind: 'file' } : { kind: 'refused', why: { kind: 'empty' } };
  const isBroken = reading.errors.length > 0;
  const why = onlySignatures(reading) ?? flattened(reading) ?? (isBroken ? refusalOf(reading) : undefined);
  if (why) return { kind: 'refused', why };
  const start = wish.function || wish.call ? asWished(reading, wish) : asFound(reading, wish.way);
  // Let Python report syntax errors: it says where and what.
  if ('kind' in start && !(isBroken && start.kind === 'refused')) return start;
  return assembled(reading, around, 'kind' in start ? { entry: { kind: 'written' }, without: [] } : start);
}

interface Start {
  readonly entry:
    | Entry
    | { readonly kind: 'enter'; readonly candidate: Candidate; readonly call: string; readonly asked: boolean };
  /** Statements that are not run. */
  readonly without: readonly Statement[];
  /** The chosen alternative: then omitted statements are not reported. */
  readonly way?: PlanNote;
}

function asFound(reading: Reading, way: number | undefined): Start | Plan {
  const { module, block } = reading;
  const isFile = block.kind === 'file';
  const awaits = module.statements.some((statement) => statement.awaits);
  const why = reading.errors.length > 0 ? undefined : isFile ? strayIn(reading) : refusalOf(reading);
  if (why) return { kind: 'refused', why };
  const ways = waysOf(reading);
  if (ways.length > 0) return inOneWay(ways, way);
  if (awaits) return { entry: { kind: 'await' }, without: [] };
  if (module.statements.some(({ enters }) => enters)) return { entry: { kind: 'written' }, without: [] };
  if (block.kind === 'cell' && makesTasks(module)) return { entry: { kind: 'await' }, without: [] };
  if (callsWithoutAwait(module) || firstDeed(module, block.kind)) return { entry: { kind: 'written' }, without: [] };
  const choice = chooseEntry(module);
  if (choice?.kind === 'one') return entered(choice.candidates[0], undefined, [], false);
  if (choice) {
    const why = choice.kind === 'several' ? 'several' : 'arguments';
    return { kind: 'ask', why, candidates: placed(reading, choice.candidates) };
  }
  if (isFile || isAsynchronous(module)) return { entry: { kind: 'written' }, without: [] };
  return { kind: 'refused', why: { kind: 'no-async' } };
}

function inOneWay(ways: readonly Way[], number: number | undefined): Start | Plan {
  const way = ways.find((each) => each.number === number);
  if (!way) return { kind: 'ways', ways };
  const kind = way.statements.some(({ awaits }) => awaits) ? 'await' : 'written';
  const without = ways.filter((each) => each !== way).flatMap(({ statements }) => statements);
  const { line, last } = way;
  return { entry: { kind }, without, way: { kind: 'alternative', number: way.number, of: ways.length, line, last } };
}

function asWished(reading: Reading, wish: Wish): Start | Plan {
  const { module, source } = reading;
  const name = wish.function ?? /^\s*(?:await\s+)?([\p{L}_][\p{L}\p{N}_]*)/u.exec(wish.call ?? '')?.[1] ?? '';
  const definition = module.coroutines.get(name) ?? module.functions.get(name);
  const isClass = module.classes.some((node) => source.textOf(node.getChild('VariableName')!) === name);
  const call = wish.call?.trim().replace(/^await\s+/, '');
  if (!definition && !(call && (isClass || reading.names.bound.has(name)))) {
    return { kind: 'refused', why: { kind: 'no-function', name } };
  }
  const candidate = definition
    ? candidateOf(source, name, definition, reading.names.bound)
    : { name, line: 1, column: 0, required: [], example: exampleCall(name, []), generator: false };
  if (!call && candidate.required.length > 0)
    return { kind: 'ask', why: 'arguments', candidates: placed(reading, [candidate]) };
  return entered(candidate, call, notToRun(module), true);
}

function entered(candidate: Candidate, call: string | undefined, without: readonly Statement[], asked: boolean): Start {
  return { entry: { kind: 'enter', candidate, call: call ?? `${candidate.name}()`, asked }, without };
}

function placed(reading: Reading, candidates: readonly Candidate[]): Candidate[] {
  return candidates.map((candidate) => {
    const { line, shift } = reading.lines[candidate.line - 1];
    return { ...candidate, line, column: Math.max(0, candidate.column + shift) };
  });
}

/** Statements by which a module runs itself, and those that depend on them: skipped when a function was requested. */
function notToRun(module: Module): Statement[] {
  const { statements } = module;
  const gone = new Set(statements.filter((each) => each.enters || each.awaits || goesToWork(module, each)));
  const lost = new Set<string>();
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const { binds } of gone) for (const name of binds) lost.add(name);
    for (const { binds } of statements.filter((each) => !gone.has(each))) for (const name of binds) lost.delete(name);
    for (const each of statements) {
      if (each.needs.some(({ name, deferred }) => !deferred && lost.has(name))) gone.add(each);
    }
  }
  return [...gone];
}

function assembled(reading: Reading, around: Surroundings, { entry, without, way }: Start): Plan {
  const { block } = reading;
  const documents = new Documents();
  const own = documents.numberOf(block.document);
  const lack = lacking(reading, around, documents, without);
  // Let Python report errors of a file.
  const isPart =
    block.kind !== 'file' ||
    entry.kind === 'await' ||
    reading.notes.some(({ kind }) => kind === 'marker' || kind === 'stray');
  if (lack.unknown.size > 0 && isPart && reading.errors.length === 0) {
    const isLeftOut = (from: number) => without.some(({ node }) => node.from <= from && from < node.to);
    const atOnce = reading.names.free.filter(
      ({ name, deferred, from }) => !deferred && lack.unknown.has(name) && !isLeftOut(from),
    );
    if (atOnce.length > 0) {
      const names = [...new Set(atOnce.map(({ name }) => name))];
      const line = documentLine(reading, atOnce[0].from);
      return { kind: 'refused', why: { kind: 'fragment', names, line, simulate: simulated(reading) } };
    }
  }
  const notes: PlanNote[] = reading.notes.filter(
    (note) => !way || note.kind !== 'leftover' || !isSeparator(note.quote),
  );
  const added = lack.imports.filter(({ name }) => !importedBefore(name, around));
  if (added.length > 0) notes.push({ kind: 'imports', statements: added.map(importStatement) });
  notes.push(...lack.borrowed.notes);
  if (lack.unknown.size > 0 && block.kind !== 'file') {
    const first = reading.names.free.find(({ name }) => lack.unknown.has(name))!;
    notes.push({ kind: 'undefined', names: [...lack.unknown], line: documentLine(reading, first.from) });
  }
  if (way) notes.push(way);
  else for (const { node } of without) notes.push({ kind: 'left-out', ...quoted(reading, node) });
  const [run] = entry.kind === 'enter' ? placed(reading, [entry.candidate]) : [];
  // Code that Python cannot parse does not run.
  if (entry.kind === 'enter' && reading.errors.length === 0)
    notes.push({ kind: 'entry', call: entry.call, line: run.line, ...(entry.asked ? { asked: true } : {}) });
  const runs = reading.module.statements.filter((statement) => !without.includes(statement));
  const top = entry.kind === 'await' ? runs.find(({ awaits }) => awaits)?.awaits : undefined;
  if (top && reading.errors.length === 0 && block.kind !== 'cell')
    notes.push({ kind: 'top-level', line: documentLine(reading, top.from) });
  const start = entry.kind === 'written' && runs.find(({ enters }) => enters);
  if (start && block.kind === 'cell') notes.push({ kind: 'script', line: documentLine(reading, start.node.from) });
  if (block.kind === 'file' && entry.kind === 'written' && notes.length === 0) return { kind: 'file' };
  return {
    kind: 'pieces',
    documents: documents.all,
    imports: lack.imports,
    pieces: [
      ...lack.borrowed.pieces,
      wholePiece(
        reading,
        documents,
        without.map(({ node }) => node),
      ),
    ],
    entry:
      entry.kind === 'enter'
        ? { kind: 'call', call: entry.call, document: own, line: run.line, column: run.column }
        : entry,
    notes: notes.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
  };
}

/** The most important first: what was run, what was added, what was cut. */
const order: readonly PlanNote['kind'][] = [
  'entry',
  'alternative',
  'top-level',
  'script',
  'undefined',
  'imports',
  'borrowed',
  'left-out',
  'output',
  'prompts',
  'gutter',
  'leftover',
  'marker',
  'added',
  'closed',
  'indentation',
  'stray',
  'tabs',
  'characters',
];

interface Lack {
  readonly imports: readonly AddedImport[];
  readonly borrowed: Borrowed;
  /** Names that nobody has. */
  readonly unknown: ReadonlySet<string>;
}

/** Names that the block needs and does not define, and where they come from. */
function lacking(reading: Reading, around: Surroundings, documents: Documents, without: readonly Statement[]): Lack {
  const { names } = reading;
  const used = new Map<string, (string | undefined)[]>();
  const { replaced } = readDirectives(reading.source.text);
  const isSimulated = (from: number) => {
    const { line } = reading.source.place(from);
    return replaced.some(([first, last]) => first <= line && line <= last);
  };
  const isGone = (from: number) => without.some(({ node }) => node.from <= from && from < node.to) || isSimulated(from);
  for (const { name, from, member } of names.star ? [] : names.free) {
    if (names.bound.has(name) || builtinNames.has(name) || isGone(from)) continue;
    used.set(name, [...(used.get(name) ?? []), member]);
  }
  const imports = new Map<string, AddedImport>();
  const fromElsewhere = around.blocks.length > 0 ? [...used.keys()].filter((name) => !isPlainModule(name, used)) : [];
  const home = around.home < 0 ? around.blocks.length - 1 : around.home;
  const borrowed = borrow(fromElsewhere, home, around.home, around.blocks, documents);
  const needed = new Map([...[...used].filter(([name]) => !borrowed.names.has(name)), ...borrowed.missing]);
  const unknown = new Set<string>();
  for (const [name, members] of needed) {
    const found = standardName(name, members);
    if (found) imports.set(name, found);
    else if (used.has(name)) unknown.add(name);
  }
  return { imports: [...imports.values()], borrowed, unknown };
}

/** In a notebook, and to whoever reads a note from its beginning, what an earlier block imports is there. */
function importedBefore(name: string, { blocks, home }: Surroundings): boolean {
  return blocks
    .slice(0, home < 0 ? blocks.length : home)
    .some((read) =>
      read().module.statements.some(({ node, binds }) => node.name === 'ImportStatement' && binds.has(name)),
    );
}

/** `asyncio` is the same wherever it comes from. */
function isPlainModule(name: string, used: ReadonlyMap<string, (string | undefined)[]>): boolean {
  const found = name === 'datetime' ? undefined : standardName(name, used.get(name) ?? []);
  return found?.member === null;
}

function quoted(reading: Reading, node: SyntaxNode): { quote: string; line: number } {
  const [first] = reading.source.textOf(node).split('\n');
  return { quote: first.length > 60 ? `${first.slice(0, 59)}…` : first, line: documentLine(reading, node.from) };
}
