import type { SyntaxNode } from '@lezer/common';
import { firstWhere } from '../core/sorted';
import { Source } from './syntax';

/** A module that a program imports. */
export interface ModuleImport {
  /** Dotted name; a relative import keeps its leading dots (`.models`, `..`). */
  readonly module: string;
  /** From 1. */
  readonly line: number;
  /** Optional: imported under `try … except ImportError`, or only for type checkers. */
  readonly optional: boolean;
}

/** A name that a program uses, traced back to where it was imported from. */
export interface NameUse {
  /** `asyncio.to_thread`; `builtins.open`; a method of an unknown object keeps its dot: `.run_in_executor`. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

export interface SourceNeeds {
  readonly imports: readonly ModuleImport[];
  readonly uses: readonly NameUse[];
}

/** Cached: it is needed to choose an engine, and again to run the program. */
let last: { readonly source: string; readonly needs: SourceNeeds } | undefined;

/** Reads what a program imports and uses. Never throws: with syntax errors, returns what can be read. */
export function readNeeds(source: string): SourceNeeds {
  if (last?.source !== source) last = { source, needs: needsOf(source) };
  return last.needs;
}

function needsOf(source: string): SourceNeeds {
  const lineOf = lineFinder(source);
  const text = (node: SyntaxNode) => source.slice(node.from, node.to);
  const imports: ModuleImport[] = [];
  const aliases = new Map<string, string>();
  const own = new Set<string>();
  const { tree } = new Source(source);
  tree.iterate({
    enter({ name, node }) {
      if (name === 'ImportStatement') {
        const optional = isOptional(node, text);
        for (const found of importsOf(node, text)) {
          imports.push({ module: found.module, line: lineOf(node.from), optional });
          for (const [local, dotted] of found.names) aliases.set(local, dotted);
        }
      } else if (name === 'FunctionDefinition' || name === 'ClassDefinition') {
        const defined = node.getChild('VariableName');
        if (defined) own.add(text(defined));
      }
    },
  });
  const uses: NameUse[] = [];
  tree.iterate({
    enter({ name, node }) {
      if (name === 'ImportStatement') return false;
      const used =
        name === 'MemberExpression' || name === 'VariableName' ? resolve(node, text, aliases, own) : undefined;
      if (used) uses.push({ name: used, line: lineOf(node.to) });
      return true;
    },
  });
  return { imports, uses };
}

type TextOf = (node: SyntaxNode) => string;

interface Imported {
  readonly module: string;
  /** Local name → dotted name. */
  readonly names: readonly (readonly [string, string])[];
}

function importsOf(statement: SyntaxNode, text: TextOf): Imported[] {
  const words: string[] = [];
  for (let at = statement.firstChild; at; at = at.nextSibling) words.push(text(at));
  return words[0] === 'from' ? fromImport(words) : plainImport(words.slice(1));
}

/** `import a.b as c, d` */
function plainImport(words: readonly string[]): Imported[] {
  return splitAt(words, ',').map((part) => {
    const as = part.indexOf('as');
    const module = (as < 0 ? part : part.slice(0, as)).join('');
    const bound: readonly [string, string] =
      as < 0 ? [module.split('.')[0], module.split('.')[0]] : [part[as + 1], module];
    return { module, names: [bound] };
  });
}

/** `from ..a.b import c as d, e` */
function fromImport(words: readonly string[]): Imported[] {
  const at = words.indexOf('import');
  const module = words.slice(1, at < 0 ? undefined : at).join('');
  if (module === '') return [];
  const rest = at < 0 ? [] : words.slice(at + 1).filter((word) => word !== '(' && word !== ')');
  const names = splitAt(rest, ',').map(([name, , alias]) => [alias ?? name, `${module}.${name}`] as const);
  const imported: Imported[] = [{ module, names: names.filter(([local]) => local !== '*') }];
  // `from . import models` imports the module `.models`, if there is one.
  if (/^\.+$/.test(module))
    for (const [, dotted] of names) imported.push({ module: dotted.replace(/\.(?=[^.]+$)/, ''), names: [] });
  return imported;
}

function splitAt(words: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === separator) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts.filter((part) => part.length > 0);
}

/** A program that catches the failure of an import runs without the module; `TYPE_CHECKING` is false when it runs. */
function isOptional(statement: SyntaxNode, text: TextOf): boolean {
  for (let node: SyntaxNode | null = statement; node?.parent; node = node.parent) {
    const above: SyntaxNode = node.parent;
    if (above.name === 'IfStatement' && /^if\s+(\w+\.)?TYPE_CHECKING\b/.test(text(above))) return true;
    if (above.name === 'TryStatement' && node.from === above.getChild('Body')?.from && catchesImportError(above, text))
      return true;
  }
  return false;
}

function catchesImportError(attempt: SyntaxNode, text: TextOf): boolean {
  for (const except of attempt.getChildren('except')) {
    const caught = except.nextSibling;
    if (!caught || caught.name === 'Body') return true;
    if (/\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/.test(text(caught))) return true;
  }
  return false;
}

/** Dotted name of what a (possibly dotted) expression refers to, as far as imports and builtins tell. */
function resolve(
  node: SyntaxNode,
  text: TextOf,
  aliases: ReadonlyMap<string, string>,
  own: ReadonlySet<string>,
): string | undefined {
  if (node.name === 'VariableName') {
    const name = text(node);
    const imported = aliases.get(name);
    if (imported) return imported;
    // Only calls: `open` and `input` are common names of other things.
    const called = node.parent?.name === 'CallExpression' && node.parent.from === node.from;
    return called && !own.has(name) ? `builtins.${name}` : undefined;
  }
  const object = node.firstChild;
  const member = node.getChild('PropertyName');
  if (!object || !member) return undefined;
  const known =
    object.name === 'MemberExpression' || object.name === 'VariableName'
      ? resolveImported(object, text, aliases)
      : undefined;
  if (known) return `${known}.${text(member)}`;
  return /^(self|cls)$/.test(text(object)) ? undefined : `.${text(member)}`;
}

function resolveImported(node: SyntaxNode, text: TextOf, aliases: ReadonlyMap<string, string>): string | undefined {
  if (node.name === 'VariableName') return aliases.get(text(node));
  const object = node.firstChild;
  const member = node.getChild('PropertyName');
  const above = object && member ? resolveImported(object, text, aliases) : undefined;
  return above && `${above}.${text(member!)}`;
}

function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => firstWhere(0, starts.length, (i) => starts[i] > offset);
}
