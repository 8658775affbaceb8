import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Source } from './syntax';

/**
 * What the names of a file's imports stand for: `import asyncio as aio` → `aio`: `asyncio`;
 * `from asyncio import sleep as nap` → `nap`: `asyncio.sleep`. Imports anywhere in the file count.
 */
export function importedNames(source: Source): Map<string, string> {
  const names = new Map<string, string>();
  source.tree.iterate({
    enter(node) {
      if (node.name === 'ImportStatement') read(source, node.node, names);
    },
  });
  return names;
}

/** The same of one import. */
export function namesIn(source: Source, statement: SyntaxNode): Map<string, string> {
  const names = new Map<string, string>();
  read(source, statement, names);
  return names;
}

function read(source: Source, statement: SyntaxNode, names: Map<string, string>): void {
  const words = [...childrenOf(statement)].filter(
    (node) => node.name !== '(' && node.name !== ')' && node.name !== 'Comment',
  );
  const split = words.findIndex((node) => node.name === 'import');
  if (split < 0) return;
  const isFrom = words[0]?.name === 'from';
  const module = isFrom
    ? words
        .slice(1, split)
        .map((node) => source.textOf(node))
        .join('')
    : '';
  for (const part of splitAt(words.slice(split + 1), ',')) {
    const as = part.findIndex((node) => node.name === 'as');
    const path = (as < 0 ? part : part.slice(0, as)).map((node) => source.textOf(node)).join('');
    const alias = as < 0 ? undefined : part[as + 1] && source.textOf(part[as + 1]);
    if (!path || path === '*') continue;
    if (isFrom) names.set(alias ?? path, `${module}.${path}`);
    // `import a.b` binds `a`, and `a.b` is then spelt out where it is used.
    else if (alias) names.set(alias, path);
    else names.set(path.split('.')[0], path.split('.')[0]);
  }
}

function splitAt(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts[parts.length - 1].push(node);
  }
  return parts.filter((part) => part.length > 0);
}
